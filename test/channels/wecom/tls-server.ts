/** A server whose certificate nobody vouches for. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:tls';
import { onTestFinished } from 'vitest';

export async function openTls(): Promise<{ wsUrl: string }> {
  const pem = (name: string) => readFileSync(new URL(`untrusted-${name}.pem`, import.meta.url));
  const server = createServer({ key: pem('key'), cert: pem('cert') });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { wsUrl: `wss://127.0.0.1:${address.port}` };
}
