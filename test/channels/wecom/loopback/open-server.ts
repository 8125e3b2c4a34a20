/** A loopback WeCom with one bot, and clients that know nothing but frames. */
import { onTestFinished } from 'vitest';
import { connectRaw, type RawClient } from '../../../support/wecom-server/raw-client.ts';
import { startWecomServer, type WecomServer } from '../../../support/wecom-server/wecom-server.ts';
import type { Bot } from '../../../support/wecom-server/world.ts';

export interface Opened {
  readonly server: WecomServer;
  readonly bot: Bot;
  /** Connected, not subscribed. */
  readonly connect: () => Promise<RawClient>;
  readonly subscribe: () => Promise<RawClient>;
}

export const CREDENTIALS = { bot_id: 'aibOne', secret: 'right-secret' } as const;

export async function openServer(): Promise<Opened> {
  const server = await startWecomServer();
  const bot = server.addBot(CREDENTIALS.bot_id, CREDENTIALS.secret, '绿邻 助手');
  onTestFinished(() => server.stop());
  const connect = () => connectRaw(server.wsUrl);
  return {
    server,
    bot,
    connect,
    subscribe: async () => {
      const client = await connect();
      await client.send('aibot_subscribe', CREDENTIALS);
      return client;
    },
  };
}

export function markdown(content: string): object {
  return { msgtype: 'markdown', markdown: { content } };
}

export function buttonCard(taskId: string): object {
  return {
    card_type: 'button_interaction',
    main_title: { title: '几点去？' },
    button_list: [
      { text: '早上', key: 'morning' },
      { text: '晚上', key: 'evening' },
    ],
    task_id: taskId,
  };
}

export function cardMessage(card: object): object {
  return { msgtype: 'template_card', template_card: card };
}
