/** Sends a table as a file with a name that every browser and system takes. */
import type { Context } from 'hono';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** `name` without its ending; RFC 6266 says how a name in any script travels. */
export function sendWorkbook(context: Context, bytes: Buffer, name: string): Response {
  return context.body(new Uint8Array(bytes), 200, {
    'Content-Type': XLSX,
    'Content-Disposition': attachmentName(name, 'xlsx'),
  });
}

/** The value of `Content-Disposition` for a file with this name and ending. */
export function attachmentName(name: string, ending: 'xlsx' | 'png'): string {
  return saveAs(`${name.trim()}.${ending}`, ending === 'xlsx' ? `table.${ending}` : `picture.${ending}`);
}

/** `generic` is for browsers that take no other letters. */
export function saveAs(file: string, generic: string): string {
  const plain = file.replaceAll(/[\p{Cc}\\/:*?"<>|]/gu, ' ').trim();
  const encoded = encodeURIComponent(plain).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${generic}"; filename*=UTF-8''${encoded}`;
}
