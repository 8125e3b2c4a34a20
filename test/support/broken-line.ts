/** A network between a bot and its PostgreSQL that can break: by going silent, as behind a pulled cable, or by refusing. */
import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { freePort } from './free-port.ts';

export interface BrokenLine {
  /** The database of `url`, reached over this line. */
  readonly url: string;
  /** Nothing gets through any more and nobody is told; what connects is neither let in nor refused. */
  goSilent(): void;
  /** Connections break and new ones are refused. */
  refuse(): Promise<void>;
  /** New connections get through; those of before stay as they are. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** `url` names a server by the folder of its socket. */
export async function openBrokenLine(url: string): Promise<BrokenLine> {
  const target = new URL(url);
  const socket = `${target.searchParams.get('host')}/.s.PGSQL.5432`;
  const ends = new Set<Socket>();
  let isSilent = false;
  const server = createServer((near) => {
    hold(near);
    if (isSilent) return;
    const far = createConnection(socket);
    hold(far);
    // Written by hand and not piped: what has gone silent swallows, and holds nobody up.
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      const made = silences;
      from.on('data', (bytes) => made === silences && to.write(bytes));
      from.on('close', () => made === silences && to.destroy());
    }
  });
  let silences = 0;

  function hold(end: Socket): void {
    ends.add(end);
    end.on('error', () => {});
    end.on('close', () => ends.delete(end));
  }

  async function listen(): Promise<void> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }

  async function cut(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    for (const end of ends) end.destroy();
    await closed;
  }

  const port = await freePort();
  await listen();
  const through = new URL(url);
  through.search = '';
  through.host = `127.0.0.1:${port}`;
  return {
    url: through.href,
    goSilent: () => {
      isSilent = true;
      silences += 1;
    },
    refuse: cut,
    mend: async () => {
      isSilent = false;
      if (!server.listening) await listen();
    },
    close: async () => {
      if (server.listening) await cut();
    },
  };
}
