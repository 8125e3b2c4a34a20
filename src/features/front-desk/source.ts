/** Where the last tip comes from that somebody here has seen. */
import { sourceOfTip } from '../../content/source-line.ts';
import type { Saying } from '../../model/text.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { type ChatTip, findLastChatTip, findLastPostedTip } from '../../store/tip-table.ts';
import type { DeskContent } from './front-desk-parts.ts';
import { say } from './front-desk-texts.ts';

export async function tellSource(turn: Turn, { tips }: DeskContent): Promise<Outcome> {
  const last = await lastTip(turn);
  const tip = tips.find(({ id }) => id === last?.tipId);
  const said = tip === undefined ? say('desk.source-none') : sourceSaid(sourceOfTip(tip));
  return { messages: [{ to: 'here', said }] };
}

/** Whether there is a tip here whose source can be meant. */
export async function hasTip(turn: Turn): Promise<boolean> {
  return (await lastTip(turn)) !== null;
}

/** In private the tip may be one that came to the group, until its messages were no longer wanted. */
async function lastTip({ tx, now, chat }: Turn): Promise<ChatTip | null> {
  const own = await findLastChatTip(tx, chat.id);
  if (chat.kind === 'group') return own;
  const posted = await findLastPostedTip(tx, { ...chat, until: chat.unaskedStoppedAt ?? now });
  if (own === null || posted === null) return own ?? posted;
  return posted.at > own.at ? posted : own;
}

/** The address stands on a line of its own, so that a phone makes a link of it. */
function sourceSaid({ name, url, checkedOn: day }: ReturnType<typeof sourceOfTip>): Saying {
  return say('desk.source', { source: url === undefined ? name : `${name}\n${url}`, day });
}
