/**
 * Connects an account that was typed on a page. The check is the connection itself: WeCom leaves a bot only one, so
 * trying it beforehand on another would cost two pushes where one does.
 */
import { setTimeout as wait } from 'node:timers/promises';
import {
  ACCOUNT_FIELDS,
  type AccountField,
  type AccountValues,
  type ConnectOutcome,
  type Platform,
} from '../admin/channel-desk.ts';
import type { Channel } from '../channels/channel.ts';
import type { ChannelFinding } from '../channels/channel-check.ts';
import { type AccountsConfig, type Config, fitsKey } from '../config.ts';
import type { Saying } from '../model/text.ts';
import { type ChannelDeskParts, NO_ACCOUNTS } from './channel-desk-parts.ts';
import { platformOf } from './channel-views.ts';
import { channelFinding, channelTitle } from './channel-words.ts';
import { readOrNull } from './settings-keeping.ts';

interface Wish {
  readonly platform: Platform;
  readonly values: AccountValues;
  readonly words: (saying: Saying) => string;
}

export async function connectPlatform(
  config: Config,
  parts: ChannelDeskParts,
  { platform, values, words }: Wish,
): Promise<ConnectOutcome> {
  const wrong = ACCOUNT_FIELDS[platform].filter((field) => !fits(field, values[field]));
  if (wrong.length > 0) return { is: 'wrong', fields: wrong };
  const saved = await readOrNull(parts.file);
  if (saved === null) return { is: 'unreadable' };
  const changes = Object.fromEntries(
    ACCOUNT_FIELDS[platform].flatMap((field) => {
      const value = values[field];
      return value === undefined ? [] : [[field, value === '' ? null : value] as const];
    }),
  );
  const then = config.accountsIf({ ...saved, ...changes });
  const [channel] = await parts.channelsOf(only(platform, then));
  if (channel === undefined) return { is: 'wrong', fields: missingIn(platform, { ...saved, ...changes }) };
  const found = await tryInPlace(parts, platform, channel, () => parts.file.change(changes));
  if (found === null) return { is: 'connected' };
  const title = words(channelTitle(platform, null));
  return { is: 'refused', news: words(channelFinding(platform, title, found)) };
}

function fits(field: AccountField, value: string | undefined): boolean {
  return value === undefined || fitsKey(field, value);
}

/** Half an account is none; what is missing is what has to be typed. */
function missingIn(platform: Platform, saved: Readonly<Record<string, unknown>>): AccountField[] {
  return NEEDED[platform].filter((field) => (saved[field] ?? '') === '');
}

const NEEDED = {
  wecom: ['wecomBotId', 'wecomBotSecret'],
  telegram: ['telegramBotToken'],
  wechat: ['wechatEndpoint', 'wechatToken'],
} as const satisfies Record<Platform, readonly AccountField[]>;

function only(platform: Platform, accounts: AccountsConfig): AccountsConfig {
  return { ...NO_ACCOUNTS, [platform]: accounts[platform] };
}

/** `null`: it stands, it is kept, and what was there before is gone. Otherwise everything is as it was. */
async function tryInPlace(
  { bot }: ChannelDeskParts,
  platform: Platform,
  channel: Channel,
  keep: () => Promise<unknown>,
): Promise<ChannelFinding | 'elsewhere' | null> {
  const { channels } = bot();
  const before = channels.channels().filter((one) => platformOf(one) === platform);
  const { name, account } = channel;
  async function asBefore(): Promise<void> {
    await channels.remove(name, account);
    // It was stopped where it is the same account, and goes on.
    for (const old of before.filter((one) => one.account === account)) await channels.put(old);
  }
  await channels.put(channel);
  const found = await firstWord(() => {
    const kept = channels.standing().find((one) => one.channel === channel);
    if (kept === undefined) return 'refused';
    if (kept.stands === 'not-started') return 'refused';
    return kept.stands === 'running' ? verdictOn(channel) : 'elsewhere';
  });
  if (found !== null) {
    await asBefore();
    return found;
  }
  await keep().catch(async (cause: unknown) => {
    await asBefore();
    throw cause;
  });
  for (const old of before.filter((one) => one.account !== account)) await channels.remove(old.name, old.account);
  return null;
}

// Longer than any platform takes; a page that loads longer than this is given up by the person in front of it.
const DECIDED_WITHIN_MS = 25_000;
const LOOK_EVERY_MS = 100;

async function firstWord<F extends string>(look: () => F | null | 'waiting'): Promise<F | null | 'silent'> {
  const until = performance.now() + DECIDED_WITHIN_MS;
  while (performance.now() < until) {
    const found = look();
    if (found !== 'waiting') return found;
    await wait(LOOK_EVERY_MS);
  }
  return 'silent';
}

/** `null`: it is connected, or waits for a person's phone, or has to rest by what is known of it. */
function verdictOn(channel: Channel): ChannelFinding | null | 'waiting' {
  const { state, trouble } = channel.status();
  if (state === 'online' || trouble === 'restricted') return null;
  // A gateway may have to be called twice before it tells who is logged in.
  if (trouble === 'silent') return 'waiting';
  if (trouble !== undefined) return trouble;
  return state === 'needs-login' ? null : 'waiting';
}
