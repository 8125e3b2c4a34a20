/** A form with a file, as uploads are sent. */
import { randomUUID } from 'node:crypto';

export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

interface Body {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Values that are no text are JSON, as the Bot API wants them. */
export function formBody(fields: Readonly<Record<string, unknown>>, file: UploadedFile): Body {
  const boundary = `lvlin-${randomUUID()}`;
  const pieces = Object.entries(fields).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`);
  });
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name="${file.field}"; filename="${safeName(file.name)}"\r\n` +
    `Content-Type: ${file.mediaType}\r\n\r\n`;
  const bytes = Buffer.concat([...pieces, Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { contentType: `multipart/form-data; boundary=${boundary}`, bytes };
}

/** A quote or a line break would end the header. */
function safeName(name: string): string {
  return name.replace(/["\r\n\\]/g, '_');
}
