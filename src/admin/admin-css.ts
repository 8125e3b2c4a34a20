/** The style sheets as the one file browsers fetch, under a path that changes with it, so that they may keep it for good. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** In this order: what stands later wins. */
const SHEETS = ['base', 'forms', 'lists', 'screens'] as const;

export const ADMIN_CSS = SHEETS.map((name) =>
  readFileSync(new URL(`./styles/${name}.css`, import.meta.url), 'utf8'),
).join('\n');
export const ADMIN_CSS_PATH = `/admin/admin.css?v=${createHash('sha256').update(ADMIN_CSS).digest('hex').slice(0, 12)}`;
