/** The style sheets and the script of the pages: read once, named by what is in them, kept by browsers for good. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = ['base.css', 'chat.css', 'form.css', 'simulator.css', 'chat.js'] as const;
type StaticFile = (typeof FILES)[number];

export interface StaticFiles {
  href(file: StaticFile): string;
  /** `null` where there is no such file. */
  find(name: string): { readonly body: string; readonly type: string } | null;
}

export const STATIC_PATH = '/web';

export function readStaticFiles(): StaticFiles {
  const found = new Map(FILES.map((name) => [name, describe(name)]));
  return {
    href: (file) => `${STATIC_PATH}/${file}?v=${found.get(file)?.version ?? ''}`,
    find: (name) => [...found.entries()].find(([file]) => file === name)?.[1] ?? null,
  };
}

function describe(name: StaticFile) {
  const body = readFileSync(join(import.meta.dirname, name), 'utf8');
  return {
    body,
    type: name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
    version: createHash('sha256').update(body).digest('base64url').slice(0, 10),
  };
}
