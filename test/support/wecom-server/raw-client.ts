/** A client that knows nothing but frames, to try the loopback WeCom by. */
import { WebSocket } from 'ws';
import { z } from 'zod';

const Heard = z.object({
  cmd: z.string().optional(),
  headers: z.object({ req_id: z.string() }),
  errcode: z.number().optional(),
  errmsg: z.string().optional(),
  body: z.record(z.string(), z.unknown()).optional(),
});
export type Heard = z.infer<typeof Heard>;

export interface RawClient {
  /** Every frame that is no answer. */
  readonly callbacks: Heard[];
  readonly closed: Promise<number>;
  /** Resolves with the answer to this very request. */
  send(cmd: string, body?: object, reqId?: string): Promise<Heard>;
  /** Without waiting. */
  write(text: string): void;
  nextCallback(): Promise<Heard>;
  close(): void;
}

export async function connectRaw(url: string): Promise<RawClient> {
  const line = new WebSocket(url);
  const callbacks: Heard[] = [];
  const answers = new Map<string, ((heard: Heard) => void)[]>();
  const waiting: ((heard: Heard) => void)[] = [];
  let count = 0;
  line.on('message', (data) => {
    const heard = Heard.parse(JSON.parse(data.toString()));
    const wanted = heard.cmd === undefined ? answers.get(heard.headers.req_id)?.shift() : waiting.shift();
    if (wanted !== undefined) wanted(heard);
    else callbacks.push(heard);
  });
  const closed = new Promise<number>((resolve) => line.on('close', resolve));
  await new Promise<void>((resolve, reject) => line.on('open', resolve).on('error', reject));
  return {
    callbacks,
    closed,
    send: (cmd, body, reqId) => {
      count += 1;
      const id = reqId ?? `${cmd}_${count}`;
      line.send(JSON.stringify({ cmd, headers: { req_id: id }, ...(body === undefined ? {} : { body }) }));
      return new Promise((resolve) => answers.set(id, [...(answers.get(id) ?? []), resolve]));
    },
    write: (text) => line.send(text),
    nextCallback: () => {
      const known = callbacks.shift();
      return known === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(known);
    },
    close: () => line.close(),
  };
}
