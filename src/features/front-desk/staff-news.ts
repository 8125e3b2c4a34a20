/** What cannot wait until somebody looks at the page is said in the chats of the staff as well. */
import { localDate } from '../../lib/zoned-time.ts';
import type { Said } from '../../model/outgoing.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import type { TellStaff } from './front-desk-parts.ts';
import { say } from './front-desk-texts.ts';
import type { Emergency } from './front-desk-words.ts';

/** Once a day for the same person and matter: who is in need says it more than once. */
export async function tellAlso(
  { tx, community, person, now }: Turn,
  tellStaff: TellStaff | undefined,
  outcome: Outcome,
  matter: Emergency | 'person',
): Promise<Outcome> {
  if (tellStaff === undefined) return outcome;
  const isUrgent = matter !== 'person';
  const whoAndWhen = `${person.id}|${localDate(now, community.settings.zone)}`;
  const about = `${matter}|${(await tx.sealer(community.id)).hash(whoAndWhen)}`;
  const said: Said = {
    ...say(isUrgent ? 'desk.staff-emergency' : 'desk.staff-person'),
    link: { label: say('desk.staff-open'), path: '/admin' },
  };
  const told = await tellStaff(tx, community, { about, said, isUrgent, now });
  return { ...outcome, messages: [...outcome.messages, ...told] };
}
