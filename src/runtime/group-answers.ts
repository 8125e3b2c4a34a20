/** Answers to groups on their way from the outbox to the platform: they wait for their turn and become one there. */
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { type GatheringParts, gather } from './gathering.ts';
import { GroupFloors } from './group-floors.ts';
import type { Departing } from './outgoing-writer.ts';

export interface GroupAnswersParts extends GatheringParts {
  readonly clock: Clock;
  readonly steadyNow: () => number;
  readonly log: Pick<Logger, 'error'>;
  /** What can be said now. */
  readonly speak: (departing: Departing) => void;
  /** For somebody in private. */
  readonly tellApart: (departing: Departing) => void;
  /** Said with another one: nobody holds it any more. */
  readonly onGathered: (departing: Departing) => void;
  /** Work that is waited for at the end. */
  readonly track: (work: Promise<void>) => void;
}

export class GroupAnswers extends GroupFloors {
  #parts: GroupAnswersParts;

  constructor(parts: GroupAnswersParts) {
    super({ steadyNow: parts.steadyNow, release: (together) => this.#release(together) });
    this.#parts = parts;
  }

  #release([first, ...others]: readonly Departing[]): void {
    if (first === undefined) return;
    if (others.length === 0) this.#parts.speak(first);
    else this.#parts.track(this.#speakAsOne(first, others));
  }

  async #speakAsOne(first: Departing, others: readonly Departing[]): Promise<void> {
    const { clock, log, onGathered, tellApart, speak } = this.#parts;
    const gathered = await gather(this.#parts, [first, ...others], clock.now()).catch((cause: unknown) => {
      log.error({ err: cause }, 'answers could not be gathered');
      return null;
    });
    gathered?.gathered.forEach(onGathered);
    gathered?.apart.forEach(tellApart);
    for (const one of gathered?.left ?? others) this.hold(one);
    speak(gathered?.one ?? first);
  }
}
