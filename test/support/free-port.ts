/** A port for a server that has to be told its own: chosen where the system never gives one to anybody by itself. */
import { once } from 'node:events';
import { createServer } from 'node:net';

// Below what Linux (from 32,768), macOS and Windows (from 49,152) hand out to those who ask for any port: it stays free
// between two lives of a server, though other tests open connections all the time.
const FIRST = 20_000;
const COUNT = 12_000;
// A client may remember that a port was bad when another server had it.
const given = new Set<number>();

export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (given.has(port)) continue;
    const probe = createServer().listen(port, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    given.add(port);
    return port;
  }
}
