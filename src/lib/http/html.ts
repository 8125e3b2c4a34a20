/** HTML that holds no unescaped text: `html` of hono escapes whatever is put into it. */
import type { html } from 'hono/html';

export type Html = ReturnType<typeof html>;
