/**
 * WeCom's interfaces for customer groups on loopback, written from its documentation: tokens that run out, tasks that
 * an owner confirms, and the ways it refuses. Always HTTP 200 with an errcode, as the real one.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

export const CORP_ID = 'ww00001111';
export const APP_SECRET = 'app-secret-0001';

export interface GroupTaskSeen {
  readonly id: string;
  readonly sender: string;
  readonly chats: readonly string[];
  readonly text: string;
  readonly attachments: readonly string[];
  reminders: number;
  /** Seconds; set once the owner has tapped. */
  sentAt: number | null;
  /** Of the group: 1 arrived, 3 had enough. */
  status: number;
}

export interface WecomAppServer {
  readonly url: string;
  readonly tasks: GroupTaskSeen[];
  readonly tokensGiven: () => number;
  /** What files came, as `name type bytes`. */
  readonly uploads: string[];
  /** The owner taps; `heldBack`: the group has had its share. */
  confirm(id: string, atSeconds: number, heldBack?: boolean): void;
  /** Every token given so far is worth nothing any more. */
  spendTokens(): void;
  /** Answers the next calls of this name with these numbers, then well again. */
  refuse(call: string, ...errcodes: number[]): void;
  /** Carries out the next call of this name and hangs up without an answer. */
  swallow(call: string): void;
  close(): Promise<void>;
}

const OWNERS: Readonly<Record<string, readonly string[]>> = { wang: ['wrGROUP1', 'wrGROUP2'] };
const MOST_REMINDERS = 3;

export async function startWecomApp(): Promise<WecomAppServer> {
  const tasks: GroupTaskSeen[] = [];
  const uploads: string[] = [];
  const good = new Set<string>();
  const refusals = new Map<string, number[]>();
  const swallowed = new Set<string>();
  let tokens = 0;

  function answer(call: string, query: URLSearchParams, body: string): Record<string, unknown> {
    const refused = refusals.get(call)?.shift();
    if (refused !== undefined) return { errcode: refused, errmsg: 'refused for the test' };
    if (call === 'gettoken') return token(query);
    if (!good.has(query.get('access_token') ?? '')) return { errcode: 40014, errmsg: 'invalid access_token' };
    switch (call) {
      case 'externalcontact/add_msg_template':
        return make(body);
      case 'externalcontact/remind_groupmsg_send':
        return remind(body);
      case 'externalcontact/get_groupmsg_task':
        return taskList(body);
      case 'externalcontact/get_groupmsg_send_result':
        return results(body);
      case 'media/upload':
        return upload(query, body);
      default:
        return { errcode: 40058, errmsg: 'no such call' };
    }
  }

  function token(query: URLSearchParams): Record<string, unknown> {
    if (query.get('corpid') !== CORP_ID) return { errcode: 40013, errmsg: 'invalid corpid' };
    if (query.get('corpsecret') !== APP_SECRET) return { errcode: 40001, errmsg: 'invalid credential' };
    tokens += 1;
    good.add(`token-${tokens}`);
    return { errcode: 0, errmsg: 'ok', access_token: `token-${tokens}`, expires_in: 7200 };
  }

  function make(body: string): Record<string, unknown> {
    const wish = Template.parse(JSON.parse(body));
    const own = OWNERS[wish.sender];
    if (own === undefined) return { errcode: 40003, errmsg: 'invalid userid' };
    const failed = wish.chat_id_list.filter((chat) => !own.includes(chat));
    const id = `msg-${tasks.length + 1}`;
    const attachments = wish.attachments.map((one) => JSON.stringify(one));
    const { content: text } = wish.text;
    tasks.push({
      id,
      sender: wish.sender,
      chats: wish.chat_id_list,
      text,
      attachments,
      reminders: 0,
      sentAt: null,
      status: 0,
    });
    return { errcode: 0, errmsg: 'ok', fail_list: failed, msgid: id };
  }

  const find = (body: string) => tasks.find(({ id }) => id === OfTask.parse(JSON.parse(body)).msgid);

  function remind(body: string): Record<string, unknown> {
    const task = find(body);
    if (task === undefined || task.reminders >= MOST_REMINDERS) return { errcode: 41094, errmsg: 'cannot be reminded' };
    task.reminders += 1;
    return { errcode: 0, errmsg: 'ok' };
  }

  function taskList(body: string): Record<string, unknown> {
    const task = find(body);
    if (task === undefined) return { errcode: 40058, errmsg: 'invalid msgid' };
    const done = task.sentAt === null ? { status: 0 } : { status: 2, send_time: task.sentAt };
    return { errcode: 0, errmsg: 'ok', next_cursor: '', task_list: [{ userid: task.sender, ...done }] };
  }

  function results(body: string): Record<string, unknown> {
    const task = find(body);
    if (task === undefined) return { errcode: 40058, errmsg: 'invalid msgid' };
    const send_list = task.chats.map((chat_id) => ({
      chat_id,
      userid: task.sender,
      status: task.status,
      ...(task.sentAt === null ? {} : { send_time: task.sentAt }),
    }));
    return { errcode: 0, errmsg: 'ok', next_cursor: '', send_list };
  }

  function upload(query: URLSearchParams, body: string): Record<string, unknown> {
    const name = /name="media"; filename="([^"]*)"/.exec(body)?.[1] ?? '';
    uploads.push(`${query.get('type')} ${name}`);
    return { errcode: 0, errmsg: 'ok', type: query.get('type'), media_id: `media-${uploads.length}` };
  }

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://loopback');
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const call = url.pathname.replace(/^\/cgi-bin\//, '');
    const answered = answer(call, url.searchParams, Buffer.concat(parts).toString());
    if (swallowed.delete(call)) return void response.destroy();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
  }

  const server = createServer((request, response) => {
    onRequest(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    tasks,
    uploads,
    tokensGiven: () => tokens,
    confirm: (id, atSeconds, heldBack = false) => {
      const task = tasks.find((one) => one.id === id);
      if (task === undefined) throw new Error(`nobody made ${id}`);
      task.sentAt = atSeconds;
      task.status = heldBack ? 3 : 1;
    },
    spendTokens: () => good.clear(),
    refuse: (call, ...errcodes) => void refusals.set(call, errcodes),
    swallow: (call) => void swallowed.add(call),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const Template = z.object({
  chat_type: z.literal('group'),
  sender: z.string(),
  chat_id_list: z.array(z.string()).min(1).max(2_000),
  text: z.object({ content: z.string().max(4_000) }),
  attachments: z.array(z.record(z.string(), z.unknown())).max(9),
});
const OfTask = z.object({ msgid: z.string() });
