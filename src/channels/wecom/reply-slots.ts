/**
 * The request ids of what people did, by which they can be answered: each once, on its own connection, for a time.
 * A message may be answered for 24 h, somebody's coming for 5 s (document 101463).
 */

export interface ReplySlot {
  readonly line: object;
  readonly reqId: string;
}

interface Kept extends ReplySlot {
  readonly at: number;
}

const DAY_MS = 24 * 60 * 60_000;
// The way there takes time, too.
const REPLY_WITHIN_MS = DAY_MS - 60_000;
// Answers come in the order of the questions; what was asked longer ago than this is not what is answered now.
const IN_TURN_MS = 60_000;
const PER_CHAT = 20;
// WeCom may tell a thing again within minutes.
const TOLD = 2_000;
const CHATS = 5_000;

export class ReplySlots {
  #steadyNow: () => number;
  #asked = new Map<string, Kept[]>();
  #came = new Map<string, Kept>();
  #told = new Set<string>();

  constructor(steadyNow: () => number) {
    this.#steadyNow = steadyNow;
  }

  /** What is told again is answered once, so it gives no second way to answer. */
  asked(chat: string, messageId: string, slot: ReplySlot): void {
    if (this.#told.has(messageId)) return;
    this.#told.add(messageId);
    const [first] = this.#told;
    if (this.#told.size > TOLD && first !== undefined) this.#told.delete(first);
    const known = this.#asked.get(chat) ?? [];
    this.#asked.delete(chat);
    this.#asked.set(chat, [...known.slice(1 - PER_CHAT), { ...slot, at: this.#steadyNow() }]);
    forgetOldest(this.#asked);
  }

  came(chat: string, slot: ReplySlot): void {
    this.#came.delete(chat);
    this.#came.set(chat, { ...slot, at: this.#steadyNow() });
    forgetOldest(this.#came);
  }

  /**
   * Uses up the one whose turn it is, and those before it. `inTurnOnly`: in a group an answer stands beside the name of
   * whoever asked, so a question of long ago answers nothing there. `answers`: so many questions are answered by this
   * one message, beside the name of the first who asked, and none of them is answered again.
   */
  takeAsked(chat: string, line: object | null, { inTurnOnly = false, answers = 1 } = {}): ReplySlot | null {
    const now = this.#steadyNow();
    const kept = (this.#asked.get(chat) ?? []).filter((slot) => slot.line === line && now - slot.at < REPLY_WITHIN_MS);
    const inTurn = kept.findIndex(({ at }) => now - at < IN_TURN_MS);
    const place = inTurn < 0 && !inTurnOnly ? kept.length - 1 : inTurn;
    if (place < 0) return null;
    const left = kept.slice(place + answers);
    if (left.length > 0) this.#asked.set(chat, left);
    else this.#asked.delete(chat);
    return kept[place] ?? null;
  }

  takeCame(chat: string, line: object | null, withinMs: number): ReplySlot | null {
    const slot = this.#came.get(chat);
    this.#came.delete(chat);
    if (slot === undefined || slot.line !== line || this.#steadyNow() - slot.at > withinMs) return null;
    return slot;
  }

  clear(): void {
    this.#asked.clear();
    this.#came.clear();
  }
}

function forgetOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > CHATS && oldest !== undefined) map.delete(oldest);
}
