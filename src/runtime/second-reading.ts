/** What nobody understood: set aside until a model has been asked, and then acted on or offered back to the person. */
import { createHash } from 'node:crypto';
import type { Inbound } from '../model/inbound.ts';
import type { IntentName, Understood, Utterance } from '../model/understanding.ts';
import { type AttemptLimit, takeAttempt } from '../store/attempt-table.ts';
import type { StoredConversation } from '../store/conversation-table.ts';
import { setAside } from '../store/inbox-table.ts';
import { readPersonalData } from '../store/person-table.ts';
import { knownContact } from '../store/sign-up-table.ts';
import type { Feature, Outcome, Turn } from './feature.ts';
import { isWorthReading, type SecondReader, type Unread } from './second-reader.ts';

/** `null`: it is answered as it is. Otherwise the message is kept, in this transaction, until it is taken again. */
export async function setAsideToRead(
  turn: Turn,
  second: SecondReader,
  inbound: Inbound,
  utterance: () => Promise<Utterance>,
): Promise<Unread | null> {
  const { tx, person, chat, community, now } = turn;
  if (!turn.addressed || !second.isFree() || !isWorthReading(inbound.text)) return null;
  if (!(await takeAttempt(tx, limitsOf(turn, second), now))) return null;
  await setAside(tx, inbound, community.id, JSON.stringify(inbound));
  const own = await readPersonalData(tx, person);
  const given = await knownContact(tx, community.id, person.id);
  const known = [own?.name, given.name, inbound.sender.displayName, chat.title];
  const names = known.filter((one) => typeof one === 'string');
  return { utterance: await utterance(), names };
}

/** A yes or no that is awaited is not to be lost for a guess. */
export function leavesRoomForGuess(conversation: StoredConversation | null): boolean {
  const kind = conversation?.question?.kind;
  return kind !== 'confirm' && kind !== 'consent';
}

// What changes a record or calls somebody is confirmed by the person first. To be left alone is no harm, for oneself.
const ACTED_ON_AT_ONCE: ReadonlySet<IntentName> = new Set([
  'waste.ask',
  'sign-up.list',
  'tip.ask',
  'help',
  'question',
  'thanks',
  'pledge.show',
  'privacy.show',
]);
const ACTED_ON_IN_PRIVATE: ReadonlySet<IntentName> = new Set(['messages.stop']);

/** Who acts on what a model made of it, and how; `null`: nobody, it stays unclear. */
export async function actOnGuess(
  turn: Turn,
  meant: Understood,
  offerer: Feature | null,
): Promise<{ readonly feature: Feature | null; readonly outcome: Outcome } | null> {
  if (meant.intent === 'none') return null;
  const isPrivate = turn.chat.kind === 'direct' && ACTED_ON_IN_PRIVATE.has(meant.intent);
  if (isPrivate || ACTED_ON_AT_ONCE.has(meant.intent))
    return { feature: null, outcome: { messages: [], readAs: meant } };
  const outcome = await offerer?.offer?.(turn, meant);
  return outcome == null ? null : { feature: offerer, outcome };
}

const A_DAY_MS = 24 * 60 * 60 * 1000;

function limitsOf({ person, chat, community }: Turn, { aDay }: SecondReader): AttemptLimit[] {
  const limit = (whose: string, id: string, most: number) => {
    return {
      key: createHash('sha256').update(`second-reading ${whose} ${id}`).digest('hex'),
      most,
      withinMs: A_DAY_MS,
    };
  };
  return [
    limit('person', person.id, aDay.ofPerson),
    ...(chat.kind === 'group' ? [limit('group', chat.id, aDay.ofGroup)] : []),
    limit('community', community.id, aDay.ofCommunity),
  ];
}
