/** Hears what people do on WeCom, hands it on, and answers a click while WeCom still takes the answer. */
import { createLines } from '../../lib/lines.ts';
import { cutGraphemes, graphemeLength } from '../../lib/text.ts';
import type { Inbound } from '../../model/inbound.ts';
import type { ChannelParts, Sink } from '../channel.ts';
import { ClockDoubt } from '../server-clock.ts';
import { EventBody, type Press, SaidBody } from './callback-body.ts';
import { type Card, doneCard } from './card.ts';
import type { CardMemory, SentCard } from './card-memory.ts';
import { BUTTON } from './card-text.ts';
import type { Connection } from './connection.ts';
import { chatOf, type Heard, inboundOf, isStale, momentOf, openedOf, pressedOf } from './heard.ts';
import { type Kept, keepHeard } from './keeper.ts';
import { markdownParts } from './markdown.ts';
import { type Chosen, chosenBy } from './press.ts';
import type { ReplySlot, ReplySlots } from './reply-slots.ts';
import { chatName, type Speaker } from './speaker.ts';
import type { WecomConfig } from './wecom-config.ts';

export interface ListenerParts {
  readonly config: WecomConfig;
  readonly connection: Connection;
  readonly slots: ReplySlots;
  readonly cards: CardMemory;
  readonly speaker: Speaker;
  readonly channel: ChannelParts;
}

export class Listener {
  #parts: ListenerParts;
  #sink: Sink | null = null;
  #underWay = new Set<Promise<void>>();
  /** What cannot be kept at once is not overtaken by what comes after it in the same chat. */
  #chats = createLines();

  #clock: ClockDoubt;

  constructor(parts: ListenerParts) {
    this.#parts = parts;
    this.#clock = new ClockDoubt('wecom', parts.channel.log);
  }

  start(sink: Sink): void {
    this.#sink = sink;
  }

  /** Hears nothing more; what was heard is ended. */
  async stop(): Promise<void> {
    this.#sink = null;
    await Promise.all(this.#underWay);
  }

  heard(slot: ReplySlot, cmd: string, body: unknown): void {
    const sink = this.#sink;
    if (sink === null) return;
    const work = this.#take(sink, slot, cmd, body).catch(() => {
      // A fault of ours about one message; what it was about is not for the log.
      this.#parts.channel.log.error({ channel: 'wecom' }, 'what WeCom told could not be handled');
    });
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }

  async #take(sink: Sink, slot: ReplySlot, cmd: string, body: unknown): Promise<void> {
    const said = cmd === 'aibot_msg_callback' ? SaidBody.safeParse(body).data : undefined;
    if (said !== undefined) return this.#said(sink, slot, said);
    const happened = cmd === 'aibot_event_callback' ? EventBody.safeParse(body).data : undefined;
    const { eventtype, template_card_event: press } = happened?.event ?? {};
    if (happened !== undefined && press !== undefined) return this.#pressed(sink, slot, happened, press);
    if (happened !== undefined && eventtype === 'enter_chat') return this.#opened(sink, slot, happened);
    // Other events are of no use here, and `disconnected_event` is the connection's own.
    if (cmd !== 'aibot_event_callback') {
      this.#parts.channel.log.warn({ channel: 'wecom' }, 'WeCom told something in a shape that is not known');
    }
  }

  async #said(sink: Sink, slot: ReplySlot, body: SaidBody): Promise<void> {
    const now = this.#parts.channel.now();
    this.#clock.heard(momentOf(body, now), now);
    const inbound = inboundOf(body, this.#asHeard());
    if (inbound === null) return;
    this.#parts.slots.asked(chatName(inbound.chat), inbound.messageId, slot);
    if ((await this.#keep(sink, inbound)) === 'not-kept') await this.#sayAgain(inbound.chat);
  }

  async #opened(sink: Sink, slot: ReplySlot, body: EventBody): Promise<void> {
    const opened = openedOf(body, this.#asHeard());
    if (isStale(opened.at, this.#parts.channel.now())) return;
    this.#parts.slots.came(chatName(opened.chat), slot);
    await this.#keep(sink, opened);
  }

  async #pressed(sink: Sink, slot: ReplySlot, body: EventBody, press: Press): Promise<void> {
    const { channel, cards, config } = this.#parts;
    const since = channel.steadyNow();
    const sent = cards.find(press.task_id);
    const chosen = await chosenBy(press, sent, channel.choiceOf).catch(() => undefined);
    // The records cannot be read just now.
    if (chosen === undefined) return this.#sayAgain(chatOf(body));
    if (chosen === null) return;
    const inbound = pressedOf(body, chosen.text, this.#asHeard());
    if (isStale(inbound.at, channel.now())) return;
    const keeping = this.#keep(sink, inbound);
    const soon = await Promise.race([keeping, after(config.timings.keepBeforeCardMs)]);
    const isInTime = channel.steadyNow() - since < config.timings.answerEventMs;
    if (isInTime && (soon === 'kept' || soon === 'late')) await this.#showChosen(slot, body, press, sent, chosen);
    if ((await keeping) === 'not-kept') await this.#sayAgain(inbound.chat);
  }

  /** In a group only for whoever clicked: the others have not chosen yet. */
  async #showChosen(
    slot: ReplySlot,
    body: EventBody,
    press: Press,
    sent: SentCard | null,
    chosen: Chosen,
  ): Promise<void> {
    const { config, connection, channel } = this.#parts;
    const card = cardAfter(press, sent, chosen, config.words.chosen(chosen.label));
    const onlyFor = chatOf(body).kind === 'group' ? { userids: [body.from.userid] } : {};
    const update = { response_type: 'update_template_card', ...onlyFor, template_card: card };
    const answer = await connection.request('aibot_respond_update_msg', update, slot);
    if (answer.is === 'answered' && answer.errcode === 0) return;
    const code = answer.is === 'answered' ? answer.errcode : answer.is;
    channel.log.warn({ channel: 'wecom', code }, 'a card could not be shown as used');
  }

  #keep(sink: Sink, heard: Parameters<Sink>[0]): Promise<Kept> {
    const { config, channel } = this.#parts;
    return this.#chats.run(chatName(heard.chat), () => keepHeard(sink, heard, config.timings.keepAgainMs, channel.log));
  }

  /** Only where it is certain: whoever says a thing twice is not to be counted twice. */
  async #sayAgain(chat: Inbound['chat']): Promise<void> {
    const [content = ''] = markdownParts(this.#parts.config.words.sayAgain);
    await this.#parts.speaker.say({ chat, kind: 'reply' }, { msgtype: 'markdown', markdown: { content } });
  }

  #asHeard(): Heard {
    const { config, channel } = this.#parts;
    return { account: config.botId, botName: config.botName, now: channel.now() };
  }
}

/** A card that is not remembered any more becomes a short one that says what was chosen. */
function cardAfter(press: Press, sent: SentCard | null, { ids, label }: Chosen, words: string): Card {
  const short: Card = {
    card_type: 'button_interaction',
    main_title: { title: words },
    button_list: [{ text: label, style: 1, key: press.event_key }],
    task_id: press.task_id,
  };
  // A button that would be cut off says the choice alone.
  const onButton = graphemeLength(words) <= BUTTON ? words : cutGraphemes(label, BUTTON);
  return doneCard(sent?.card ?? short, ids, onButton);
}

function after(ms: number): Promise<'late'> {
  return new Promise((resolve) => setTimeout(() => resolve('late'), ms).unref());
}
