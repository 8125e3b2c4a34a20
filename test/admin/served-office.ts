/** The site behind a real socket, for a real browser. */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type Office, openOffice } from './admin-harness.ts';

export interface ServedOffice extends Office {
  /** `http://127.0.0.1:PORT/admin` */
  readonly url: string;
}

export async function serveOffice(options: Parameters<typeof openOffice>[0] = {}): Promise<ServedOffice> {
  const office = await openOffice(options);
  const server = createServer(getRequestListener(office.site.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    ...office,
    url: `http://127.0.0.1:${address.port}/admin`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await office.close();
    },
  };
}
