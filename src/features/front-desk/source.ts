/** Where the last tip of this chat comes from. */
import { sourceOfTip } from '../../content/source-line.ts';
import type { Saying } from '../../model/text.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { findLastChatTip } from '../../store/tip-table.ts';
import type { DeskContent } from './front-desk-parts.ts';
import { say } from './front-desk-texts.ts';

export async function tellSource({ tx, chat }: Turn, { tips }: DeskContent): Promise<Outcome> {
  const last = await findLastChatTip(tx, chat.id);
  const tip = tips.find(({ id }) => id === last?.tipId);
  const said = tip === undefined ? say('desk.source-none') : sourceSaid(sourceOfTip(tip));
  return { messages: [{ to: 'here', said }] };
}

/** Whether there is a tip here whose source can be meant. */
export async function hasTip({ tx, chat }: Turn): Promise<boolean> {
  return (await findLastChatTip(tx, chat.id)) !== null;
}

/** The address stands on a line of its own, so that a phone makes a link of it. */
function sourceSaid({ name, url, checkedOn: day }: ReturnType<typeof sourceOfTip>): Saying {
  return say('desk.source', { source: url === undefined ? name : `${name}\n${url}`, day });
}
