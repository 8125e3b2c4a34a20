/**
 * One person's messages to the bot in one chat, one after another, where the one in front may take seconds because a
 * model is asked. Whoever brought a message is told that it is kept as soon as that is so: a platform that hears of
 * nothing until this one is settled would bring nobody else's meanwhile.
 */
import type { Inbound } from '../model/inbound.ts';
import type { Unread } from './second-reader.ts';

export interface SetAside {
  readonly unread: Unread;
  readonly communityId: string;
}

export interface SpeakerLineParts {
  /** Rejects where nothing could be kept. `null`: it is done. */
  readonly hear: (inbound: Inbound) => Promise<SetAside | null>;
  /** Asks, and takes the message again. */
  readonly readAndHear: (inbound: Inbound, unread: Unread) => Promise<void>;
  /** It waits behind one that is being asked about. */
  readonly keep: (inbound: Inbound, communityId: string) => Promise<void>;
  /** It is kept and could not be handled; whoever brought it has gone. */
  readonly onLeft: (inbound: Inbound, cause: unknown) => void;
}

export interface SpeakerLines {
  /** Resolves when the message has had its effect or is kept; rejects where neither was possible. */
  take(inbound: Inbound): Promise<void>;
}

interface Waiting {
  readonly inbound: Inbound;
  readonly brought: PromiseWithResolvers<void>;
  isKept: boolean;
}

interface Line {
  readonly waiting: Waiting[];
  /** Of the one in front, while a model is asked about it. */
  askingFor: string | null;
}

/** `counted` is told of everything that is under way, so that a stop waits for it. */
export function createSpeakerLines(
  parts: SpeakerLineParts,
  counted: (work: () => Promise<void>) => Promise<void>,
): SpeakerLines {
  const lines = new Map<string, Line>();

  async function run(key: string, line: Line): Promise<void> {
    for (let one = line.waiting[0]; one !== undefined; one = line.waiting[0]) {
      await serve(parts, line, one);
      line.waiting.shift();
    }
    lines.delete(key);
  }

  return {
    take: (inbound) => {
      const one: Waiting = { inbound, brought: Promise.withResolvers(), isKept: false };
      const key = speakerKey(inbound);
      const line = lines.get(key) ?? { waiting: [], askingFor: null };
      line.waiting.push(one);
      if (line.askingFor !== null) void keep(parts, one, line.askingFor);
      if (line.waiting.length === 1) {
        lines.set(key, line);
        void counted(() => run(key, line));
      }
      return one.brought.promise;
    },
  };
}

async function serve(parts: SpeakerLineParts, line: Line, one: Waiting): Promise<void> {
  try {
    const aside = await parts.hear(one.inbound);
    if (aside !== null) {
      settle(one);
      line.askingFor = aside.communityId;
      for (const other of line.waiting.slice(1)) void keep(parts, other, aside.communityId);
      await parts.readAndHear(one.inbound, aside.unread);
    }
    settle(one);
  } catch (cause) {
    if (one.isKept) parts.onLeft(one.inbound, cause);
    else one.brought.reject(cause);
  }
  line.askingFor = null;
}

/** Where it cannot be kept, whoever brought it learns of that when its turn comes. */
async function keep(parts: SpeakerLineParts, one: Waiting, communityId: string): Promise<void> {
  await parts.keep(one.inbound, communityId).then(
    () => settle(one),
    () => {},
  );
}

function settle(one: Waiting): void {
  one.isKept = true;
  one.brought.resolve();
}

/** A question is open to one person in one chat, so this is what must stay in order; neighbours do not wait for it. */
function speakerKey({ channel, account, chat, sender }: Inbound): string {
  return `${channel}|${account}|${chat.address}|${sender.address}`;
}
