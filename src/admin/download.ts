/** Sends a table as a file with a name that every browser and system takes. */
import type { Context } from 'hono';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** `name` without its ending; RFC 6266 says how a name in any script travels. */
export function sendWorkbook(context: Context, bytes: Buffer, name: string): Response {
  const plain = name.replaceAll(/[\p{Cc}\\/:*?"<>|]/gu, ' ').trim();
  const encoded = encodeURIComponent(`${plain}.xlsx`).replaceAll(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  return context.body(new Uint8Array(bytes), 200, {
    'Content-Type': XLSX,
    'Content-Disposition': `attachment; filename="table.xlsx"; filename*=UTF-8''${encoded}`,
  });
}
