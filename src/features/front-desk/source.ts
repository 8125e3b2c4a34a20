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

function sourceSaid({ name: source, url, checkedOn: day }: ReturnType<typeof sourceOfTip>): Saying {
  return url === undefined ? say('desk.source', { source, day }) : say('desk.source-link', { source, url, day });
}
