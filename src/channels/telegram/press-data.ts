/** What a button carries: the key of its message and its place, opaque to everybody who sees it. */

// https://core.telegram.org/bots/api#inlinekeyboardbutton
const MOST_BYTES = 64;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PACKED = /^u([\w-]{22})\.(\d{1,3})$/;
const AS_IS = /^k(.+)\.(\d{1,3})$/s;

export interface Press {
  readonly key: string;
  readonly index: number;
}

/** `null` where it does not fit. */
export function pressData({ key, index }: Press): string | null {
  if (UUID.test(key)) return `u${Buffer.from(key.replaceAll('-', ''), 'hex').toString('base64url')}.${index}`;
  const data = `k${key}.${index}`;
  return Buffer.byteLength(data) <= MOST_BYTES ? data : null;
}

/** `null` for what we did not write. */
export function readPressData(data: string): Press | null {
  const packed = PACKED.exec(data);
  if (packed !== null) return { key: uuidOf(packed[1] ?? ''), index: Number(packed[2]) };
  const asIs = AS_IS.exec(data);
  return asIs === null ? null : { key: asIs[1] ?? '', index: Number(asIs[2]) };
}

function uuidOf(packed: string): string {
  const hex = Buffer.from(packed, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
