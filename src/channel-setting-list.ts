/** What can be set for the platforms: who the bot is there. Without any of it the bot speaks on the web alone. */
import { z } from 'zod';
import type { Setting } from './setting.ts';

// None of them has an example: what stands in a file for all to read opens nothing.
const Secret = z.string().regex(/^\S{8,512}$/);
const Yes = z.enum(['yes', 'no']);
const HttpUrl = z.url({ protocol: /^https?$/ });

export const CHANNEL_SETTINGS = [
  {
    name: 'WECOM_BOT_ID',
    schema: z.string().regex(/^[\w-]{4,128}$/),
    byDefault: null,
    example: 'aib…',
    about: 'setting.wecom-bot-id',
    inFile: 'wecomBotId',
  },
  {
    name: 'WECOM_BOT_SECRET',
    schema: Secret,
    byDefault: null,
    example: '…',
    about: 'setting.wecom-bot-secret',
    inFile: 'wecomBotSecret',
  },
  {
    name: 'WECOM_BOT_NAME',
    schema: z.string().min(1).max(64),
    byDefault: null,
    example: 'lvlin',
    about: 'setting.wecom-bot-name',
    inFile: 'wecomBotName',
  },
  {
    name: 'WECOM_WS_URL',
    schema: z.url({ protocol: /^wss?$/ }),
    byDefault: null,
    example: 'wss://openws.work.weixin.qq.com',
    about: 'setting.wecom-ws-url',
    inFile: null,
  },
  {
    name: 'WECOM_WEBHOOKS',
    schema: z.string().refine((list) => readWebhooks(list) !== null),
    byDefault: null,
    example: 'volunteers=https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…',
    about: 'setting.wecom-webhooks',
    inFile: 'wecomWebhooks',
  },
  {
    name: 'WECOM_CORP_ID',
    schema: z.string().regex(/^[\w-]{4,64}$/),
    byDefault: null,
    example: 'ww…',
    about: 'setting.wecom-corp-id',
    inFile: 'wecomCorpId',
  },
  {
    name: 'WECOM_APP_SECRET',
    schema: Secret,
    byDefault: null,
    example: '…',
    about: 'setting.wecom-app-secret',
    inFile: 'wecomAppSecret',
  },
  {
    name: 'WECOM_API_ROOT',
    schema: HttpUrl,
    byDefault: null,
    example: 'https://qyapi.weixin.qq.com',
    about: 'setting.wecom-api-root',
    inFile: null,
  },
  {
    name: 'TELEGRAM_BOT_TOKEN',
    schema: z.string().regex(/^\d+:[\w-]+$/),
    byDefault: null,
    example: '123456:…',
    about: 'setting.telegram-bot-token',
    inFile: 'telegramBotToken',
  },
  {
    name: 'TELEGRAM_API_ROOT',
    schema: HttpUrl,
    byDefault: null,
    example: 'https://api.telegram.org',
    about: 'setting.telegram-api-root',
    inFile: null,
  },
  {
    name: 'TELEGRAM_PROXY',
    schema: HttpUrl,
    byDefault: null,
    example: 'http://127.0.0.1:7890',
    about: 'setting.telegram-proxy',
    inFile: 'telegramProxy',
  },
  {
    name: 'WECHATY_PUPPET_ENDPOINT',
    schema: z.string().regex(/^(https?:\/\/)?\S+:\d{1,5}\/?$/),
    byDefault: null,
    example: '127.0.0.1:8788',
    about: 'setting.wechat-endpoint',
    inFile: 'wechatEndpoint',
  },
  {
    name: 'WECHATY_PUPPET_TOKEN',
    schema: z.string().regex(/^[^\s_]+_\S+$/),
    byDefault: null,
    example: 'insecure_…',
    about: 'setting.wechat-token',
    inFile: 'wechatToken',
  },
  {
    name: 'WECHATY_ACCEPT_RISK',
    schema: Yes,
    byDefault: 'no',
    example: 'yes',
    about: 'setting.wechat-accept-risk',
    inFile: 'wechatAcceptRisk',
  },
  {
    name: 'WECHATY_STABLE_IDS',
    schema: Yes,
    byDefault: 'no',
    example: 'yes',
    about: 'setting.wechat-stable-ids',
    inFile: 'wechatStableIds',
  },
] as const satisfies readonly Setting[];

/** One webhook robot stands in one group and can only speak. */
export interface Webhook {
  readonly name: string;
  readonly url: string;
}

/** `name=URL` pairs apart by commas; `null`: it is no such list. A name is what the worker sees, and stays. */
export function readWebhooks(list: string): Webhook[] | null {
  const webhooks: Webhook[] = [];
  for (const pair of list.split(',').flatMap((part) => part.trim() || [])) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    const url = HttpUrl.safeParse(pair.slice(at + 1).trim());
    if (at < 1 || name === '' || !url.success || webhooks.some((one) => one.name === name)) return null;
    webhooks.push({ name, url: url.data });
  }
  return webhooks.length === 0 ? null : webhooks;
}
