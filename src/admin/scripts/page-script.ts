/** The few scripts of the pages, each under a path that changes with it, so that browsers may keep it for good. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Context } from 'hono';

export interface PageScript {
  /** Below /admin. */
  readonly route: string;
  /** With its version, for the page. */
  readonly path: string;
  readonly answer: (context: Context) => Response;
}

export const COPY_SCRIPT = pageScript('copy.js', new URL('./copy.js', import.meta.url));
export const REVIEW_SCRIPT = pageScript('review.js', new URL('./review.js', import.meta.url));
export const PAGE_SCRIPTS = [COPY_SCRIPT, REVIEW_SCRIPT] as const;

function pageScript(name: string, file: URL): PageScript {
  const script = readFileSync(file, 'utf8');
  const version = createHash('sha256').update(script).digest('hex').slice(0, 12);
  function answer(context: Context): Response {
    const isCurrent = context.req.query('v') === version;
    return context.body(script, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  }
  return { route: `/${name}`, path: `/admin/${name}?v=${version}`, answer };
}
