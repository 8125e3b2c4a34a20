/** multipart/form-data, as a form with files arrives. */

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Form {
  readonly fields: Record<string, string>;
  readonly files: Map<string, UploadedFile>;
}

export function parseForm(body: Buffer, contentType: string): Form | null {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const fields: Record<string, string> = {};
  const files = new Map<string, UploadedFile>();
  for (const part of partsOf(body, Buffer.from(`--${boundary}`))) {
    const headEnd = part.indexOf('\r\n\r\n');
    if (headEnd === -1) return null;
    const head = part.subarray(0, headEnd).toString('utf8');
    const content = part.subarray(headEnd + 4);
    const name = /[; ]name="([^"]*)"/i.exec(head)?.[1];
    if (name === undefined) return null;
    const fileName = /filename="?([^"\r\n;]*)"?/i.exec(head)?.[1];
    if (fileName === undefined) fields[name] = content.toString('utf8');
    else files.set(name, { name: fileName, bytes: Buffer.from(content) });
  }
  return { fields, files };
}

function* partsOf(body: Buffer, boundary: Buffer): Generator<Buffer> {
  let from = body.indexOf(boundary);
  while (from !== -1) {
    const start = from + boundary.length + 2;
    const next = body.indexOf(boundary, start);
    if (next === -1) return;
    yield body.subarray(start, next - 2);
    from = next;
  }
}
