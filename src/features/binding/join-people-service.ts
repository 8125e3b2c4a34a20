/** Makes two records of the same human one: one household, one sign-up for a shift, one person to erase. */
import type { Person } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import type { Outgoing } from '../../model/outgoing.ts';
import type { Saying } from '../../model/text.ts';
import type { Effects, OtherAsk } from '../../runtime/feature.ts';
import { lockLists } from '../../store/address-lock.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { findMembership } from '../../store/household-table.ts';
import { joinPersonRows, lockPeople } from '../../store/person-join-table.ts';
import { findPerson } from '../../store/person-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { BindingParts } from './binding-parts.ts';
import { type OneRecord, whoStays } from './join-rules.ts';

export interface JoinedPeople {
  readonly effects: Effects;
  readonly notes: readonly Saying[];
  /** Who both of them are from now on. */
  readonly stays: Person;
}

/** `null` where the one the code was asked for is gone, or belongs elsewhere. */
export async function joinPeople(
  tx: Transaction,
  { joiners }: Pick<BindingParts, 'joiners'>,
  askedId: string,
  sent: Person,
  community: Community,
  now: Date,
): Promise<JoinedPeople | null> {
  // Before the people: a list that is being merged holds this, and then those who wrote in it.
  await lockLists(tx, community.id);
  await lockPeople(tx, [askedId, sent.id]);
  const asked = await findPerson(tx, community.id, askedId);
  const sender = await findPerson(tx, community.id, sent.id);
  if (asked === null || sender === null) return null;
  const people = whoStays(await recordOf(tx, asked), await recordOf(tx, sender));
  const messages: Outgoing[] = [];
  const askOthers: OtherAsk[] = [];
  const notes: Saying[] = [];
  for (const joiner of joiners) {
    const { effects, notes: told } = await joiner.join(tx, people, community, now);
    messages.push(...effects.messages);
    askOthers.push(...(effects.askOthers ?? []).map((ask) => ({ ...ask, feature: ask.feature ?? joiner.feature })));
    notes.push(...told);
  }
  await joinPersonRows(tx, people);
  const entry = { communityId: community.id, staffId: null, action: 'person.join', subjectId: people.stays.id };
  await appendAudit(tx, { ...entry, at: now });
  return { effects: { messages, askOthers }, notes, stays: people.stays };
}

async function recordOf(tx: Transaction, person: Person): Promise<OneRecord> {
  return { person, home: await findMembership(tx, person.id) };
}
