/** What cannot wait until somebody looks at the page is said in the chats of the staff as well. */
import { localDate } from '../../lib/zoned-time.ts';
import type { Said } from '../../model/outgoing.ts';
import type { Saying } from '../../model/text.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import type { Emergency } from './emergency-words.ts';
import type { TellStaff } from './front-desk-parts.ts';
import { say } from './front-desk-texts.ts';

/** `overheard`: an emergency that nobody told the bot of. */
type Matter = Emergency | 'overheard' | 'person';

/** Once a day for the same person and matter: who is in need says it more than once. */
export async function tellAlso(
  { tx, community, person, now }: Turn,
  tellStaff: TellStaff | undefined,
  outcome: Outcome,
  matter: Matter,
): Promise<Outcome> {
  if (tellStaff === undefined) return outcome;
  const isUrgent = matter !== 'person';
  const whoAndWhen = `${person.id}|${localDate(now, community.settings.zone)}`;
  const about = `${matter}|${(await tx.sealer(community.id)).hash(whoAndWhen)}`;
  const said: Said = {
    ...newsOf(matter),
    link: { label: say('desk.staff-open'), path: '/admin' },
  };
  const told = await tellStaff(tx, community, { about, said, isUrgent, now });
  return { ...outcome, messages: [...outcome.messages, ...told] };
}

function newsOf(matter: Matter): Saying {
  switch (matter) {
    case 'person':
      return say('desk.staff-person');
    case 'overheard':
      return say('desk.staff-overheard');
    default:
      return say('desk.staff-emergency');
  }
}
