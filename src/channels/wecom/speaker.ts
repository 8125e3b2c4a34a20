/**
 * Says one thing in a chat in the best way there is: as the welcome of somebody who has just come, as the answer to
 * what was asked on this connection, else as a message of its own.
 */
import type { Delivery } from '../channel.ts';
import type { Card } from './card.ts';
import type { Connection } from './connection.ts';
import { plainOf } from './markdown.ts';
import { isStaleReply } from './outcome-rules.ts';
import type { ReplySlot, ReplySlots } from './reply-slots.ts';
import type { Answer } from './transport.ts';

export type Utterance =
  | { readonly msgtype: 'markdown'; readonly markdown: { readonly content: string } }
  | { readonly msgtype: 'template_card'; readonly template_card: Card }
  | { readonly msgtype: 'image'; readonly image: { readonly media_id: string } }
  | { readonly msgtype: 'file'; readonly file: { readonly media_id: string } };

type To = Pick<Delivery, 'chat' | 'kind' | 'answers'>;

export class Speaker {
  #connection: Connection;
  #slots: ReplySlots;
  #welcomeWithinMs: number;

  constructor(connection: Connection, slots: ReplySlots, welcomeWithinMs: number) {
    this.#connection = connection;
    this.#slots = slots;
    this.#welcomeWithinMs = welcomeWithinMs;
  }

  async say({ chat, kind, answers }: To, said: Utterance): Promise<Answer> {
    const isReply = kind === 'reply' && (said.msgtype === 'markdown' || said.msgtype === 'template_card');
    const answer = isReply ? await this.#reply(chat, said, answers) : null;
    if (answer !== null && !isStaleReply(answer)) return answer;
    // Without a type WeCom guesses, and guesses a group first (document 101463).
    const chatType = chat.kind === 'direct' ? 1 : 2;
    return this.#connection.request('aibot_send_msg', { chatid: chat.address, chat_type: chatType, ...said });
  }

  /** `null`: there is nothing to reply to. */
  async #reply(chat: To['chat'], said: Utterance, answers = 1): Promise<Answer | null> {
    const name = chatName(chat);
    const { line } = this.#connection;
    const came = this.#slots.takeCame(name, line, this.#welcomeWithinMs);
    const welcomed = came === null ? null : await this.#on(came, 'aibot_respond_welcome_msg', welcomeOf(said));
    if (welcomed !== null && !isStaleReply(welcomed)) return welcomed;
    const asked = this.#slots.takeAsked(name, line, { inTurnOnly: chat.kind === 'group', answers });
    return asked === null ? null : this.#on(asked, 'aibot_respond_msg', said);
  }

  /** Each request id serves once, so that a late answer can never be taken for that of another frame. */
  async #on(slot: ReplySlot, cmd: string, body: object): Promise<Answer | null> {
    const answer = await this.#connection.request(cmd, body, slot);
    return answer.is === 'not-written' ? null : answer;
  }
}

/** A welcome is plain text or a card, and nothing else (document 101463). */
function welcomeOf(said: Utterance): object {
  if (said.msgtype !== 'markdown') return said;
  return { msgtype: 'text', text: { content: plainOf(said.markdown.content) } };
}

export function chatName({ kind, address }: To['chat']): string {
  return `${kind}:${address}`;
}
