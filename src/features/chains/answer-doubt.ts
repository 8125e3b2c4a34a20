/** A worker answers what about a list is doubtful, with one word; each answer does what it says and settles the question. */
import type { ChainDoubt, ChainLine, KeptEntry } from '../../model/chain.ts';
import { holdOpenDoubt, settleDoubt, settleDoubtsOfEntry } from '../../store/chain-doubt-table.ts';
import { findEntry, updateEntry } from '../../store/chain-entry-table.ts';
import { findChain, holdChain } from '../../store/chain-table.ts';
import type { Transaction } from '../../store/store.ts';
import { answerMany } from './answer-many.ts';
import { edited } from './apply-merge.ts';
import { assignChain, isSettled, listingOf, note } from './chain-office.ts';
import type { ChainParts, HearingParts } from './chain-parts.ts';
import { choicesFor } from './chain-views.ts';
import type { ChainOffice, ChainResult, DoubtAnswer } from './chains-service.ts';
import { type Done, type Listing, NO_EFFECTS, putBack, putOnRecord, takeOff } from './entry-record.ts';
import { openTargets } from './hear-copy.ts';
import { keptLine, lineText } from './line-rules.ts';
import { readLine } from './read-line.ts';

export type AnsweringParts = HearingParts & Pick<ChainParts, 'understand'>;

export async function answerDoubt(
  tx: Transaction,
  parts: AnsweringParts,
  office: ChainOffice,
  doubtId: string,
  answer: DoubtAnswer,
): Promise<ChainResult> {
  const doubt = await holdOpenDoubt(tx, office.community.id, doubtId);
  if (doubt === null) return { ok: false, why: 'gone' };
  const result = await answering(doubt.kind)(tx, parts, office, doubt, answer);
  if (!result.ok) return result;
  await settleDoubt(tx, doubt.id, office);
  await note(tx, office, `chain.answer-${doubt.kind}`, doubt.chainId);
  return result;
}

function answering(kind: ChainDoubt['kind']): typeof answerAboutEntry {
  if (kind === 'which') return sayWhich;
  return kind === 'many' ? answerMany : answerAboutEntry;
}

async function sayWhich(
  tx: Transaction,
  parts: AnsweringParts,
  office: ChainOffice,
  { chainId }: ChainDoubt,
  answer: DoubtAnswer,
): Promise<ChainResult> {
  if (answer.answer === 'no') return assignChain(tx, parts, office, chainId, null);
  if (answer.answer === 'target') return assignChain(tx, parts, office, chainId, answer.target);
  const chain = await findChain(tx, office.community.id, chainId);
  if (chain === null) return { ok: false, why: 'gone' };
  const [first] = choicesFor(chain, parts, await openTargets(tx, parts, office.community, office.now));
  if (first === undefined) return { ok: false, why: 'no-target' };
  return assignChain(tx, parts, office, chainId, first.target);
}

async function answerAboutEntry(
  tx: Transaction,
  parts: AnsweringParts,
  office: ChainOffice,
  doubt: ChainDoubt,
  answer: DoubtAnswer,
): Promise<ChainResult> {
  const { community } = office;
  const chain = await holdChain(tx, community.id, doubt.chainId);
  if (chain === null) return { ok: false, why: 'gone' };
  const seen = { ok: true, chainId: chain.id, effects: NO_EFFECTS } as const;
  const entry = doubt.entryId === null ? null : await findEntry(tx, community.id, doubt.entryId);
  // A number that nobody has is only looked at.
  if (entry === null || entry.line === null) return seen;
  const listing = listingOf(parts, office, chain);
  if (answer.answer === 'change') {
    const line = readLine(parts.understand, answer.line, office.now);
    if (line === null) return { ok: false, why: 'not-readable' };
    return { ...seen, effects: (await correct(tx, listing, entry, line)).effects };
  }
  if (answer.answer === 'target') return { ok: false, why: 'not-readable' };
  const isYes = answer.answer === 'yes';
  const answered = ANSWERED[doubt.kind];
  const wouldTakeOff = answered === takesOff ? isYes : answered === drops && !isYes;
  if (wouldTakeOff && (await isSettled(tx, parts, office, chain, [entry]))) return { ok: false, why: 'begun' };
  const done = await answered(tx, listing, { entry, isYes, doubt });
  return { ...seen, effects: done?.effects ?? NO_EFFECTS };
}

interface Answered {
  readonly entry: KeptEntry;
  readonly isYes: boolean;
  readonly doubt: ChainDoubt;
}

type Answering = (tx: Transaction, listing: Listing, answered: Answered) => Promise<Done | null>;

const takesOff: Answering = async (tx, listing, { entry, isYes }) =>
  isYes ? takeOff(tx, listing, entry, 'staff') : null;

const drops: Answering = async (tx, listing, { entry, isYes }) =>
  isYes ? null : takeOff(tx, listing, entry, 'staff', 'dropped');

const ANSWERED: Readonly<Record<ChainDoubt['kind'], Answering>> = {
  which: async () => null,
  many: async () => null,
  gap: async () => null,
  missing: takesOff,
  said: takesOff,
  elsewhere: takesOff,
  number: drops,
  'came-back': async (tx, listing, { entry, isYes }) => (isYes ? putBack(tx, listing, entry) : null),
  refused: async (tx, listing, { entry, isYes, doubt }) =>
    isYes ? putOnRecord(tx, listing, { ...entry, refused: null }) : drops(tx, listing, { entry, isYes, doubt }),
  changed: async (tx, listing, { entry, isYes, doubt }) => {
    const other = doubt.otherEntryId === null ? null : await findEntry(tx, entry.communityId, doubt.otherEntryId);
    if (!isYes || other === null) return putBack(tx, listing, entry);
    return replace(tx, listing, other, entry);
  },
};

/** The new line is the old entry in other words: the old one keeps its place in the queue. */
async function replace(tx: Transaction, listing: Listing, old: KeptEntry, by: KeptEntry): Promise<Done> {
  const { now, staffId } = listing;
  await takeOff(tx, listing, by, 'staff', 'dropped');
  if (by.line === null) return { entry: old, isWaiting: false, effects: NO_EFFECTS };
  await settleDoubtsOfEntry(tx, old.id, { staffId, now, kind: 'missing' });
  const next = { ...edited(old, { line: by.line, lineKey: by.lineKey }, by.lineAt), position: by.position };
  await updateEntry(tx, next);
  return putOnRecord(tx, listing, next);
}

/** The line as the worker says it should stand. Copies that bring the old one change nothing. */
async function correct(tx: Transaction, listing: Listing, entry: KeptEntry, line: ChainLine): Promise<Done> {
  const { now, staffId } = listing;
  const sealer = await tx.sealer(entry.communityId);
  const lineKey = sealer.hash(`chain line ${lineText(line)}`);
  const next: KeptEntry = {
    ...edited(entry, { line: keptLine(line), lineKey }, now),
    state: 'standing',
    stateAt: now,
    offBy: null,
    refused: null,
  };
  await updateEntry(tx, next);
  await settleDoubtsOfEntry(tx, entry.id, { staffId, now });
  return putOnRecord(tx, listing, next);
}
