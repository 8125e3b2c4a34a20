/** Hands on what came in, in the order it came and one at a time within a chat; what could not be kept is tried again. */
import { setTimeout as pause } from 'node:timers/promises';
import { createLines } from '../../lib/lines.ts';
import type { ChatEvent, Inbound } from '../../model/inbound.ts';
import type { ChannelLog, Sink } from '../channel.ts';

type Heard = Inbound | ChatEvent;

export interface IntakeLine {
  /** Reading may take a while; what came later is not handed on before it. */
  readonly add: (reading: Promise<readonly Heard[]>) => void;
  /** Resolves when everything added so far has been handed on or given up. */
  readonly idle: () => Promise<void>;
}

export interface IntakeParts {
  readonly sink: Sink;
  /** The gateway tells nothing twice, so a sink that fails is asked again after each of these. */
  readonly againAfterMs: readonly number[];
  /** Once it is over, nothing is tried again. */
  readonly over: AbortSignal;
  readonly log: ChannelLog;
}

export function createIntakeLine(parts: IntakeParts): IntakeLine {
  const chats = createLines();
  let line: Promise<void> = Promise.resolve();

  return {
    add: (reading) => {
      // Whoever reads has caught its own failures; one that did not must not hold up the rest.
      const read = reading.catch(() => [] as const);
      line = line.then(async () => {
        for (const heard of await read) void chats.run(heard.chat.address, () => keep(parts, heard));
      });
    },
    idle: async () => {
      await line;
      await chats.idle();
    },
  };
}

async function keep({ sink, againAfterMs, over, log }: IntakeParts, heard: Heard): Promise<void> {
  for (const wait of [...againAfterMs, null]) {
    try {
      return await sink(heard);
    } catch {
      if (wait === null || over.aborted) break;
      await pause(wait, undefined, { signal: over }).catch(() => {});
    }
  }
  log.error({ channel: 'wechat' }, 'a message could not be kept');
}
