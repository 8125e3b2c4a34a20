/** What a channel on a platform is given of the rest of the house. */
import type { ChannelParts } from '../channels/channel.ts';
import { foldWords } from '../channels/folding/folding-texts.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { RenderText } from '../model/text.ts';
import { readAttachment } from '../store/attachment-table.ts';
import { findChoice } from '../store/outbox-table.ts';
import type { Store } from '../store/store.ts';
import { isStoreFault } from '../store/store-fault.ts';

export interface ChannelJoints {
  readonly store: Store;
  readonly render: RenderText;
  readonly locale: string;
  readonly clock: Clock;
  readonly log: Logger;
}

export function channelParts({ store, render, locale, clock, log }: ChannelJoints): ChannelParts {
  return {
    now: () => clock.now(),
    steadyNow: () => performance.now(),
    random: Math.random,
    choiceOf: (key, index) => store.read((tx) => findChoice(tx, key, index)).catch(unreadable),
    readFile: (id) => store.read((tx) => readAttachment(tx, id)),
    words: foldWords(render, locale),
    log,
  };
}

/** A message of another version, or one that cannot be opened, is as good as forgotten: trying again changes nothing. */
function unreadable(cause: unknown): null {
  if (isStoreFault(cause)) throw cause;
  return null;
}
