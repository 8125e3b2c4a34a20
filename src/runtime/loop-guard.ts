/**
 * Keeps the bot out of talks that go round in circles. Remembered in memory alone: after a restart a circle turns three
 * times more before it is cut again, and the worker's task about it is on disk.
 */
import type { Clock } from '../lib/clock.ts';
import type { Metrics } from '../lib/metrics.ts';
import { BY_HAND } from '../model/channel-name.ts';
import type { Inbound } from '../model/inbound.ts';
import type { Outgoing } from '../model/outgoing.ts';
import { findChat } from '../store/chat-table.ts';
import type { Store, Transaction } from '../store/store.ts';
import { findOpenTask, insertTask } from '../store/task-table.ts';
import { answered, judge, overheard, printOf, type Talk } from './loop-rules.ts';
import { say } from './loop-texts.ts';
import type { Departing } from './outgoing-writer.ts';

export interface LoopGuardParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'count'>;
}

// Whoever speaks least lately is forgotten first.
const TALKS = 2_000;
// Enough to tell one answer from another.
const LONGEST_ANSWER = 200;

export class LoopGuard {
  #parts: LoopGuardParts;
  #talks = new Map<string, Talk>();
  /** Messages that are answered with a kind word. */
  #telling = new Set<string>();

  constructor(parts: LoopGuardParts) {
    this.#parts = parts;
  }

  /**
   * False: nobody answers it. A promise only where the worker is told, which rejects where they could not be: it is to
   * be heard again then. What is let pass keeps its order.
   */
  lets(inbound: Inbound): boolean | Promise<boolean> {
    // There a person brings what others said; and no machine presses buttons or fills in forms.
    if (inbound.channel === BY_HAND || inbound.understood !== undefined) return true;
    const now = this.#parts.clock.now();
    const heard = {
      id: inbound.messageId,
      print: printOf(inbound.text),
      at: now.getTime(),
      isInGroup: inbound.chat.kind === 'group',
    };
    const key = keyOf(inbound);
    const { verdict, talk } = judge(this.#talks.get(key) ?? null, heard);
    if (verdict === 'fall-silent') return this.#fallSilent(inbound, talk, now);
    this.#keep(key, talk);
    if (verdict === 'tell') this.#telling.add(inbound.messageId);
    if (verdict === 'silent') this.#count(inbound);
    return verdict !== 'silent';
  }

  async #fallSilent(inbound: Inbound, talk: Talk, now: Date): Promise<false> {
    await this.#parts.store.write((tx) => tellWorker(tx, inbound, now));
    this.#keep(keyOf(inbound), talk);
    this.#count(inbound);
    return false;
  }

  #count({ channel }: Inbound): void {
    this.#parts.metrics.count('messages_heard_total', { channel, what: 'in-circles' });
  }

  /** What is said besides the answer. */
  words({ messageId, chat }: Inbound): readonly Outgoing[] {
    if (!this.#telling.has(messageId)) return [];
    const said = chat.kind === 'group' ? say('loop.answered-before-group') : say('loop.answered-before');
    return [{ to: 'here', said }];
  }

  /** How it was answered; with nothing, where it was not for the bot. */
  settled(inbound: Inbound, answers: readonly Departing[]): void {
    const key = keyOf(inbound);
    const talk = this.#talks.get(key);
    const wasTold = this.#telling.delete(inbound.messageId);
    if (talk === undefined) return;
    if (answers.length === 0) {
      this.#forget(key, overheard(talk, inbound.messageId));
      return;
    }
    // The kind word is no part of what was answered before.
    const said = (wasTold ? answers.slice(0, -1) : answers).map(({ message }) => message.message.text).join('\n');
    const answer = { text: said.slice(0, LONGEST_ANSWER), at: this.#parts.clock.now().getTime() };
    this.#talks.set(key, answered(talk, inbound.messageId, answer));
  }

  /** Neighbours who talk among themselves take nobody's place. */
  #forget(key: string, talk: Talk): void {
    if (talk.rounds.length === 0 && talk.silence === null) this.#talks.delete(key);
    else this.#talks.set(key, talk);
  }

  #keep(key: string, talk: Talk): void {
    this.#talks.delete(key);
    this.#talks.set(key, talk);
    if (this.#talks.size <= TALKS) return;
    const [eldest = ''] = this.#talks.keys();
    this.#talks.delete(eldest);
  }
}

function keyOf({ channel, account, chat, sender }: Inbound): string {
  return `${channel}|${account}|${chat.address}|${sender.address}`;
}

/** Once for a chat, until somebody has seen to it. */
async function tellWorker(tx: Transaction, { channel, account, chat, text }: Inbound, now: Date): Promise<void> {
  const place = await findChat(tx, { channel, account, address: chat.address });
  if (place === null) return;
  const { communityId, id: chatId, personId } = place;
  if ((await findOpenTask(tx, communityId, 'bot-loop', chatId)) !== null) return;
  await insertTask(tx, { communityId, kind: 'bot-loop', subjectId: chatId, chatId, personId, text, now });
}
