/** The text that starts a list: a worker copies it into the group, because a bot cannot start a native one. */
import type { ChainTarget } from '../../model/chain.ts';
import type { Community } from '../../model/community.ts';
import type { Transaction } from '../../store/store.ts';
import { type ChainParts, deskOf } from './chain-parts.ts';
import { say } from './chains-texts.ts';

/** The first line is left to whoever sends it. */
const FIRST_LINE = '\n\n1. ';

export async function readyText(
  tx: Transaction,
  parts: Pick<ChainParts, 'desks' | 'render'>,
  community: Community,
  { kind, id }: ChainTarget,
  now: Date,
): Promise<string | null> {
  const found = await deskOf(parts, kind).find(tx, community, id, now);
  if (found === null || !found.isOpen) return null;
  const { title, dayWords: day, time, place } = found;
  const said =
    kind === 'shift' ? say('group-list.ready-shift', { title, day, time, place }) : say('group-list.ready-pledges');
  return parts.render(community.locale, said.key, said.variables, id) + FIRST_LINE;
}
