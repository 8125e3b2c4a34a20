/** What is kept of a person, and taking all of it away, with the records of every feature. */
import type { Person } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import type { Outgoing } from '../../model/outgoing.ts';
import type { RenderText, Saying } from '../../model/text.ts';
import type { Effects, OtherAsk } from '../../runtime/feature.ts';
import { lockLists } from '../../store/address-lock.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { countSignUps, erasePerson, type PersonalData, readPersonalData } from '../../store/person-table.ts';
import { knownContact, listOwnSignUps, type OwnSignUp } from '../../store/sign-up-table.ts';
import type { Transaction } from '../../store/store.ts';
import { say } from './privacy-texts.ts';

export interface Eraser {
  readonly feature: string;
  readonly erase: (tx: Transaction, person: Person, now: Date) => Promise<Effects>;
}

/** A feature that keeps records of people. */
export interface RecordKeeper extends Eraser {
  /** What it keeps of this person, a line each, for the person alone. */
  readonly describe?: (tx: Transaction, person: Person, community: Community, now: Date) => Promise<readonly Saying[]>;
  /** What erasing takes away, named in a few words each. */
  readonly foretell?: (tx: Transaction, person: Person, community: Community, now: Date) => Promise<readonly Saying[]>;
  /** What erasing leaves, where others need it too. */
  readonly stays?: (tx: Transaction, person: Person) => Promise<readonly Saying[]>;
}

export interface PrivacyParts {
  readonly keepers: readonly RecordKeeper[];
  readonly render: RenderText;
}

export interface KeptOfPerson {
  readonly contact: Pick<PersonalData, 'name' | 'phone'>;
  readonly since: Date;
  readonly signUps: {
    /** Not over yet, in the order they begin. */
    readonly ahead: readonly OwnSignUp[];
    readonly past: number;
  };
}

export async function readKept(tx: Transaction, person: Person, now: Date): Promise<KeptOfPerson> {
  const own = await readPersonalData(tx, person);
  const given = await knownContact(tx, person.communityId, person.id);
  const ahead = await listOwnSignUps(tx, person.id, now);
  const { all } = await countSignUps(tx, person.id, now);
  return {
    contact: { name: own?.name ?? given.name, phone: own?.phone ?? given.phone },
    since: own?.since ?? now,
    signUps: { ahead, past: all - ahead.length },
  };
}

/** What erasing takes away and what it leaves, in a few words each: said before it is done, by the chat and by the office. */
export interface Foretold {
  readonly gone: readonly Saying[];
  readonly stays: readonly Saying[];
}

export async function foretellErasing(
  tx: Transaction,
  keepers: readonly RecordKeeper[],
  person: Person,
  community: Community,
  now: Date,
): Promise<Foretold> {
  const gone = await listLosses(tx, keepers, person, community, now);
  const kept = await Promise.all(keepers.map((each) => each.stays?.(tx, person) ?? []));
  return {
    gone: [...gone, say('privacy.gone-messages')],
    stays: [say('privacy.stays-counts'), ...kept.flat()],
  };
}

/** Empty where nothing but messages would go. */
export async function listLosses(
  tx: Transaction,
  keepers: readonly RecordKeeper[],
  person: Person,
  community: Community,
  now: Date,
): Promise<readonly Saying[]> {
  const { contact, signUps } = await readKept(tx, person, now);
  const foretold = await Promise.all(keepers.map((each) => each.foretell?.(tx, person, community, now) ?? []));
  return [
    ...(contact.name === null && contact.phone === null ? [] : [say('privacy.gone-contact')]),
    ...(signUps.ahead.length === 0 ? [] : [say('privacy.gone-sign-ups', { ahead: signUps.ahead.length })]),
    ...foretold.flat(),
  ];
}

/**
 * Erases a person everywhere. What follows for others (a free place moves up) comes back as
 * messages and questions; the proof in the audit log holds a count and an id that leads nowhere any more.
 * `staffId`: a member of staff did it because the person asked at the office.
 */
export async function eraseEverywhere(
  tx: Transaction,
  keepers: readonly Eraser[],
  person: Person,
  staffId: string | null,
  now: Date,
): Promise<Effects> {
  // Before any record is held: a list that is being merged holds this, and then records of the people in it.
  await lockLists(tx, person.communityId);
  const { ahead } = await countSignUps(tx, person.id, now);
  const messages: Outgoing[] = [];
  const askOthers: OtherAsk[] = [];
  for (const keeper of keepers) {
    const effects = await keeper.erase(tx, person, now);
    messages.push(...effects.messages);
    // The questions belong to the feature that erased, so its answers must go there and not to privacy.
    askOthers.push(...(effects.askOthers ?? []).map((ask) => ({ ...ask, feature: ask.feature ?? keeper.feature })));
  }
  await erasePerson(tx, person);
  await appendAudit(tx, {
    communityId: person.communityId,
    staffId,
    action: 'person.erase',
    subjectId: person.id,
    detail: { signUpsCancelled: ahead },
    at: now,
  });
  return { messages, askOthers };
}
