/** Files that people send are kept encrypted: AES-256-CBC, PKCS#7 to 32 bytes, the key's first 16 bytes as IV. */
import { createCipheriv, randomBytes } from 'node:crypto';
import { LIMITS } from './limits.ts';
import { newId, timeOf, type World } from './world.ts';

const BLOCK = 32;

export function offerDownload(world: World, name: string, bytes: Uint8Array): { url: string; aeskey: string } {
  const key = randomBytes(32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const missing = BLOCK - (bytes.length % BLOCK);
  const padded = Buffer.concat([bytes, Buffer.alloc(missing, missing)]);
  const id = newId('');
  world.downloads.set(id, { name, sealed: Buffer.concat([cipher.update(padded), cipher.final()]), at: timeOf(world) });
  return { url: `${world.origin}/media/${id}`, aeskey: key.toString('base64') };
}

/** `null` where the address never was or is older than five minutes. */
export function download(world: World, id: string): { sealed: Buffer; disposition: string } | null {
  const found = world.downloads.get(id);
  if (found === undefined || timeOf(world) - found.at > LIMITS.downloadForMs) return null;
  const name = encodeURIComponent(found.name);
  return { sealed: found.sealed, disposition: `attachment; filename="${name}"; filename*=UTF-8''${name}` };
}
