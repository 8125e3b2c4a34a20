/** The script of the queue, under a path that changes with it, so that browsers may keep it for good. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Context } from 'hono';

const COPY_SCRIPT = readFileSync(new URL('./copy.js', import.meta.url), 'utf8');
const VERSION = createHash('sha256').update(COPY_SCRIPT).digest('hex').slice(0, 12);
export const COPY_SCRIPT_PATH = `/admin/copy.js?v=${VERSION}`;

export function copyScript(context: Context): Response {
  const isCurrent = context.req.query('v') === VERSION;
  return context.body(COPY_SCRIPT, 200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
}
