/**
 * Lets answers in a group wait for their turn, and hands over together what may be said at one time. All of it is in
 * the outbox already, taken by this process: what waited here when the process ended is in doubt, and said by the next.
 */
import type { Inbound } from '../model/inbound.ts';
import { BREATH_MS, type LastWord, untilFloor } from './floor-rules.ts';
import type { Departing } from './outgoing-writer.ts';

export interface GroupFloorsParts {
  /** Milliseconds of a steady clock. */
  readonly steadyNow: () => number;
  /** May be said now, in one message; the first has the floor until `ended`. */
  readonly release: (together: readonly Departing[]) => void;
}

/** What of a message matters here. */
export type Heard = Pick<Inbound, 'channel' | 'account' | 'chat' | 'messageId'>;

interface Held {
  readonly departing: Departing;
  readonly since: number;
}

interface Place {
  held: Held[];
  /** The ids of what residents said and is being read. */
  readonly underWay: Set<string>;
  /** The id of what is being said. */
  speaking: string | null;
  last: LastWord | null;
  /** What it was before that was handed over. */
  before: LastWord | null;
  isToBeLookedAt: boolean;
  timer: NodeJS.Timeout | null;
}

// Groups are remembered for a breath after the bot spoke there; beyond this many the rest is cleared out.
const PLACES_BEFORE_SWEEP = 1_000;

export class GroupFloors {
  #parts: GroupFloorsParts;
  #places = new Map<string, Place>();
  #placesBeforeSweep = PLACES_BEFORE_SWEEP;

  constructor(parts: GroupFloorsParts) {
    this.#parts = parts;
  }

  get holding(): number {
    let sum = 0;
    for (const { held } of this.#places.values()) sum += held.length;
    return sum;
  }

  /** Somebody said something, which is being read until `read`. */
  heard({ channel, account, chat, messageId }: Heard): void {
    if (chat.kind !== 'group') return;
    const place = this.#placeOf({ channel, account, address: chat.address });
    place.underWay.add(messageId);
    if (place.last !== null) place.last = { ...place.last, isFollowed: true };
  }

  /** Its answer, if any, is handed over now. */
  read({ channel, account, chat, messageId }: Heard): void {
    if (chat.kind !== 'group') return;
    const place = this.#places.get(keyOf({ channel, account, address: chat.address }));
    if (place?.underWay.delete(messageId) === true) this.#lookSoon(place);
  }

  /** Comes back by `release`; those held in one go, together. */
  hold(departing: Departing): void {
    const place = this.#placeOf(departing.chat);
    if (place.speaking === departing.message.id) this.#silenced(place);
    place.held.push({ departing, since: this.#parts.steadyNow() });
    this.#lookSoon(place);
  }

  /** It is handed to the platform: whoever has spoken before spoke before it. */
  departs({ message: { id, answer }, chat }: Departing): void {
    const place = this.#places.get(keyOf(chat));
    if (place === undefined || place.speaking !== id) return;
    const people = new Set(answer?.parts.map(({ personId }) => personId));
    const [only] = people;
    const to = people.size === 1 ? (only ?? null) : null;
    place.before = place.last;
    place.last = { at: this.#parts.steadyNow(), to, isFollowed: false };
  }

  /** `wasSaid`: it stands there, or may stand there. */
  ended({ message, chat }: Departing, wasSaid: boolean): void {
    const place = this.#places.get(keyOf(chat));
    if (place === undefined || place.speaking !== message.id) return;
    if (wasSaid) place.speaking = null;
    else this.#silenced(place);
    this.#look(place);
  }

  takeBack(): Departing[] {
    return [...this.#places.values()].flatMap((place) => {
      if (place.timer !== null) clearTimeout(place.timer);
      return place.held.splice(0).map(({ departing }) => departing);
    });
  }

  #silenced(place: Place): void {
    place.speaking = null;
    if (place.last !== null && !place.last.isFollowed) place.last = place.before;
  }

  /** After all that is handed over at this moment. */
  #lookSoon(place: Place): void {
    if (place.isToBeLookedAt) return;
    place.isToBeLookedAt = true;
    queueMicrotask(() => {
      place.isToBeLookedAt = false;
      this.#look(place);
    });
  }

  #look(place: Place): void {
    if (place.timer !== null) clearTimeout(place.timer);
    place.timer = null;
    const [first] = place.held;
    if (first === undefined) return;
    const personIds = new Set(place.held.flatMap(({ departing }) => peopleOf(departing)));
    const floor = { isSpeaking: place.speaking !== null, underWay: place.underWay.size, last: place.last };
    const wait = untilFloor(floor, { since: first.since, personIds }, this.#parts.steadyNow());
    if (wait === 0) this.#release(place, first.departing);
    else if (Number.isFinite(wait)) place.timer = setTimeout(() => this.#look(place), Math.ceil(wait));
  }

  #release(place: Place, first: Departing): void {
    place.speaking = first.message.id;
    this.#parts.release(place.held.splice(0).map(({ departing }) => departing));
  }

  #placeOf(chat: Address): Place {
    const key = keyOf(chat);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    if (this.#places.size >= this.#placesBeforeSweep) this.#sweep();
    const place: Place = {
      held: [],
      underWay: new Set(),
      speaking: null,
      last: null,
      before: null,
      isToBeLookedAt: false,
      timer: null,
    };
    this.#places.set(key, place);
    return place;
  }

  #sweep(): void {
    const now = this.#parts.steadyNow();
    for (const [key, { held, underWay, speaking, last }] of this.#places) {
      const isQuiet = held.length === 0 && underWay.size === 0 && speaking === null;
      // With nobody being read, whatever is answered next was said after the bot's last word.
      if (isQuiet && (last === null || now - last.at > BREATH_MS)) this.#places.delete(key);
    }
    // Those that still count are looked at again only when as many have come to them.
    this.#placesBeforeSweep = Math.max(PLACES_BEFORE_SWEEP, this.#places.size * 2);
  }
}

type Address = Pick<Departing['chat'], 'channel' | 'account' | 'address'>;

function keyOf({ channel, account, address }: Address): string {
  return `${channel}|${account}|${address}`;
}

function peopleOf({ message: { answer } }: Departing): string[] {
  return answer?.parts.map(({ personId }) => personId) ?? [];
}
