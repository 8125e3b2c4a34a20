/** What becomes of a message that did not surely arrive. */
import type { DeliveryOutcome } from '../channels/channel.ts';
import { retryDelayMs } from '../lib/retry-delay.ts';
import { updateChat } from '../store/chat-table.ts';
import { giveBackOutbox, listTaken, requeueOutbox, settleOutbox, type Taken } from '../store/outbox-table.ts';
import type { Transaction } from '../store/store.ts';
import { insertTask } from '../store/task-table.ts';
import { moveChat } from './chat-events.ts';
import type { DispatcherParts } from './dispatcher-parts.ts';
import type { Departing } from './outgoing-writer.ts';

type Failure = Exclude<DeliveryOutcome, { fate: 'sent' }>;

// A person looks at what was refused five times; more tries would only hide it.
const TRIES = 5;
// A reply whose arrival is unsure is sent once more: a person rather hears it twice than never.
const TRIES_IN_DOUBT = 2;

// What cannot leave waits in the queue and is not claimed before its account is connected again.
const WHILE_OFFLINE_MS = 1_000;

/** Returns when it is tried again, or `null` when this was the end. */
export async function settleFailure(
  parts: DispatcherParts,
  departing: Departing,
  failure: Failure,
): Promise<Date | null> {
  const { message, chat } = departing;
  const now = parts.clock.now();
  parts.log.warn(
    { channel: chat.channel, code: failure.code, kind: message.kind, tries: message.tries },
    'a message did not arrive',
  );
  const retryAt = retryTime(parts, departing, failure, now);
  const held = { ...message, owner: parts.owner };
  const isUntried = failure.fate === 'not-sent' && (failure.untried === true || failure.movedTo !== undefined);
  await parts.store.write(async (tx) => {
    if (failure.fate === 'not-sent' && failure.movedTo !== undefined) await moveChat(tx, chat, failure.movedTo);
    if (retryAt !== null && isUntried) return giveBackOutbox(tx, held, retryAt);
    if (retryAt !== null) return requeueOutbox(tx, held, { runAt: retryAt, reason: failure.code });
    if (failure.fate === 'unknown') return settleDoubt(tx, held, now);
    const settled = await settleOutbox(tx, held, { fate: 'refused', reason: failure.code, now });
    if (failure.gone === true) await updateChat(tx, chat.id, { state: 'gone' });
    if (settled && message.kind !== 'tip') await tellWorker(tx, message, 'message-failed', now);
  });
  return retryAt;
}

function retryTime(parts: DispatcherParts, { message }: Departing, failure: Failure, now: Date): Date | null {
  const later = (ms: number) => new Date(now.getTime() + ms);
  if (failure.fate === 'unknown') {
    const again = message.kind === 'reply' && message.tries < TRIES_IN_DOUBT;
    return again ? later(retryDelayMs(message.tries, parts.random)) : null;
  }
  if (failure.movedTo !== undefined) return now;
  if (failure.untried === true) return later(failure.retryAfterMs ?? WHILE_OFFLINE_MS);
  if (failure.final === true || failure.gone === true || message.tries >= TRIES) return null;
  return later(failure.retryAfterMs ?? retryDelayMs(message.tries, parts.random));
}

// No write takes as long, whatever is wrong with the database: what was taken before and is in nobody's hand was lost.
const STRAY_AFTER_MS = 120_000;

/**
 * What a process that is gone had taken may or may not have arrived. So may what this one took and does not hold
 * (`inHand`): the answer to a commit was lost, or the fate of a message could not be written down.
 */
export async function settleDoubts(parts: DispatcherParts, inHand: ReadonlySet<string>): Promise<void> {
  const taken = await parts.store.read((tx) => listTaken(tx));
  const alive = new Map<string, boolean>();
  for (const { owner } of taken) {
    if (!alive.has(owner)) alive.set(owner, owner === parts.owner || (await parts.isAlive(owner)));
  }
  const now = parts.clock.now();
  const strayBefore = new Date(now.getTime() - STRAY_AFTER_MS);
  const isStray = ({ id, takenAt }: Taken) => takenAt < strayBefore && !inHand.has(id);
  const inDoubt = taken.filter((row) => (row.owner === parts.owner ? isStray(row) : alive.get(row.owner) === false));
  for (let from = 0; from < inDoubt.length; from += A_BATCH) {
    await parts.store.write(async (tx) => {
      for (const row of inDoubt.slice(from, from + A_BATCH)) await settleDoubt(tx, row, now);
    });
  }
}

const A_BATCH = 200;

async function settleDoubt(tx: Transaction, row: Omit<Taken, 'takenAt'>, now: Date): Promise<void> {
  const reason = 'in-doubt';
  if (row.kind === 'reply') return requeueOutbox(tx, row, { runAt: now, reason });
  // Advice that may have been heard is not worth repeating.
  const fate = row.kind === 'tip' ? 'expired' : 'unknown';
  const settled = await settleOutbox(tx, row, { fate, reason, now });
  if (settled && fate === 'unknown') await tellWorker(tx, row, 'message-unsure', now);
}

async function tellWorker(
  tx: Transaction,
  row: { readonly id: string; readonly communityId: string; readonly chatId: string },
  kind: 'message-failed' | 'message-unsure',
  now: Date,
): Promise<void> {
  await insertTask(tx, { communityId: row.communityId, kind, subjectId: row.id, chatId: row.chatId, text: '', now });
}
