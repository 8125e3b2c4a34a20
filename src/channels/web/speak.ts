/** Takes what a person says on a page: shown at once, then handed in like a message of any other platform. */
import { createHash } from 'node:crypto';
import { fromWire } from '../../lib/text.ts';
import type { ChatKind, Inbound } from '../../model/inbound.ts';
import type { Understood } from '../../model/understanding.ts';
import type { WebMessage } from '../../model/web-message.ts';
import type { Sink } from '../channel.ts';
import type { ChatHub } from './chat-hub.ts';
import type { WebRecords } from './web-parts.ts';

export interface SpeakParts {
  readonly records: WebRecords;
  readonly hub: ChatHub;
  /** A moment later than every one before, so that a question stands before its answer. */
  readonly nextMoment: () => Date;
  readonly sink: Sink;
}

export interface Spoken {
  readonly communityId: string;
  readonly chat: {
    readonly address: string;
    readonly kind: ChatKind;
    readonly title?: string;
    readonly areaId?: string;
  };
  readonly sender: { readonly address: string; readonly displayName?: string };
  /** Made by the page: sent again after a lost connection, it stays the same. */
  readonly clientId: string;
  readonly text: string;
  /** What stands on the page instead, e.g. the label of a button. */
  readonly shown?: string;
  readonly mentioned: boolean;
  /** Set where a form or a button knows what is meant. */
  readonly understood?: Understood;
}

/** Resolves when the effect is on disk. Rejects when nothing can be kept; saying it again doubles nothing. */
export async function speak(parts: SpeakParts, spoken: Spoken): Promise<WebMessage> {
  const { communityId, chat, sender, mentioned, understood } = spoken;
  const text = fromWire(spoken.text);
  const at = parts.nextMoment();
  const id = messageIdOf(spoken, text);
  const key = { communityId, chatAddress: chat.address };
  const message: WebMessage = {
    ...key,
    id,
    senderAddress: sender.address,
    kind: null,
    message: { text: spoken.shown ?? text },
    at,
  };
  if (await parts.records.append(message)) parts.hub.wake(key, 'person');
  const inbound: Inbound = {
    channel: 'web',
    account: communityId,
    messageId: id,
    chat,
    sender,
    text,
    mentioned,
    at,
    ...(understood === undefined ? {} : { understood }),
  };
  await parts.sink(inbound);
  return message;
}

/** The words count too: a page kept open may send other words under the same id. */
function messageIdOf({ communityId, chat, sender, clientId }: Spoken, text: string): string {
  const parts = [communityId, chat.address, sender.address, clientId, text];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
