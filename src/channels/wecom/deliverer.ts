/** Delivers a message piece by piece; tried again, it goes on where it stopped. */
import type { Attachment } from '../../model/message.ts';
import type { ChannelParts, Delivery, DeliveryOutcome } from '../channel.ts';
import type { CardMemory } from './card-memory.ts';
import type { ChatMeter } from './chat-meter.ts';
import type { Connection } from './connection.ts';
import type { Failure, MediaUpload } from './media-upload.ts';
import { isCardRefused, outcomeOf } from './outcome-rules.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { ShownMemory } from './shown-memory.ts';
import { chatName, type Speaker, type Utterance } from './speaker.ts';
import { newTaskId } from './task-id.ts';
import type { Answer } from './transport.ts';
import type { WecomWords } from './wecom-texts.ts';

export interface DelivererParts {
  readonly connection: Connection;
  readonly speaker: Speaker;
  readonly uploads: MediaUpload;
  readonly cards: CardMemory;
  readonly meter: ChatMeter;
  readonly words: WecomWords;
  readonly channel: ChannelParts;
}

const SENT: DeliveryOutcome = { fate: 'sent' };

export class Deliverer {
  #parts: DelivererParts;
  #shown = new ShownMemory();

  constructor(parts: DelivererParts) {
    this.#parts = parts;
  }

  async deliver(delivery: Delivery): Promise<DeliveryOutcome> {
    if (this.#parts.connection.line === null) return { fate: 'not-sent', code: 'offline', untried: true };
    const { key, message } = delivery;
    // A file that cannot be shown is found out before anything is.
    const media = message.attachment === undefined ? null : await this.#parts.uploads.mediaOf(message.attachment);
    if (media?.ok === false) return media.outcome;
    const words = { fold: this.#parts.channel.words, own: this.#parts.words };
    const pieces = piecesOf(message, newTaskId(key), words);
    for (let place = this.#shown.of(key); place < pieces.length; place += 1) {
      const piece = pieces[place];
      const failure = piece === undefined ? null : await this.#show(delivery, piece);
      if (failure !== null) return failure;
      this.#shown.note(key, place + 1);
    }
    return SENT;
  }

  async #show(to: Delivery, piece: Piece): Promise<Failure | null> {
    switch (piece.is) {
      case 'words':
        return this.#say(to, markdown(piece.markdown));
      case 'card':
        return this.#showCard(to, piece);
      case 'media':
        return this.#showMedia(to, piece.attachment);
    }
  }

  async #showCard(to: Delivery, { card, labels, instead }: Extract<Piece, { is: 'card' }>): Promise<Failure | null> {
    const waiting = this.#waiting(to);
    if (waiting !== null) return waiting;
    this.#parts.cards.keep({ card, labels });
    const answer = await this.#parts.speaker.say(to, { msgtype: 'template_card', template_card: card });
    const failure = this.#judged(answer);
    // What a card repeats has been said in words.
    if (instead.length === 0) return null;
    if (!isCardRefused(answer)) return failure;
    for (const text of instead) {
      const unsaid = await this.#say(to, markdown(text));
      if (unsaid !== null) return unsaid;
    }
    return null;
  }

  async #showMedia(to: Delivery, attachment: Attachment): Promise<Failure | null> {
    const media = await this.#parts.uploads.mediaOf(attachment);
    if (!media.ok) return media.outcome;
    const id = { media_id: media.mediaId };
    const failure = await this.#say(
      to,
      media.type === 'image' ? { msgtype: 'image', image: id } : { msgtype: 'file', file: id },
    );
    if (failure?.fate !== 'not-sent' || failure.code !== 'invalid') return failure;
    // WeCom may have thrown it away before its time; the next try brings it anew.
    this.#parts.uploads.forget(attachment);
    return { fate: 'not-sent', code: failure.code };
  }

  async #say(to: Delivery, said: Utterance): Promise<Failure | null> {
    return this.#waiting(to) ?? this.#judged(await this.#parts.speaker.say(to, said));
  }

  #waiting({ chat }: Delivery): Failure | null {
    const wait = this.#parts.meter.take(chatName(chat));
    return wait === 0 ? null : { fate: 'not-sent', code: 'rate-limited', retryAfterMs: Math.ceil(wait), untried: true };
  }

  #judged(answer: Answer): Failure | null {
    const outcome = outcomeOf(answer);
    if (outcome.fate === 'sent') return null;
    // A line that broke is told of once, not for each message on it.
    const code = answer.is === 'answered' ? answer.errcode : null;
    if (code !== null) this.#parts.channel.log.warn({ channel: 'wecom', code }, 'WeCom refused a message');
    return outcome;
  }
}

function markdown(content: string): Utterance {
  return { msgtype: 'markdown', markdown: { content } };
}
