/** The one stylesheet, under a path that changes with it, so that browsers may keep it for good. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const ADMIN_CSS = readFileSync(new URL('./admin.css', import.meta.url), 'utf8');
export const ADMIN_CSS_PATH = `/admin/admin.css?v=${createHash('sha256').update(ADMIN_CSS).digest('hex').slice(0, 12)}`;
