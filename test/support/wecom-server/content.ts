/** Puts what a bot says on the screen of a conversation, or tells with which code it is refused. */
import { cardFault, isRecord, isText } from './card-rules.ts';
import { type Answer, OK, refusal } from './frame.ts';
import { LIMITS, passes } from './limits.ts';
import { type Bot, bytesIn, type Chat, MEDIA_TYPES, timeOf, type Via, type World } from './world.ts';

type Body = Readonly<Record<string, unknown>>;

/** Counts towards the quota of the conversation only where it is shown. */
export function say(world: World, bot: Bot, chat: Chat, body: Body, via: Via): Answer {
  const fault = contentFault(world, bot, body);
  if (fault !== 0) return refusal(fault);
  const ordered = world.faults.refuseIn.get(chat.id);
  world.faults.refuseIn.delete(chat.id);
  if (ordered !== undefined) return refusal(ordered);
  if (!passes(chat.sentAt, LIMITS.perChat, timeOf(world))) return refusal(45009);
  show(bot, chat, body, via);
  return OK;
}

function contentFault(world: World, bot: Bot, body: Body): number {
  const { msgtype } = body;
  const part = typeof msgtype === 'string' ? body[msgtype] : undefined;
  if (!isRecord(part)) return 40058;
  if (msgtype === 'template_card') return newCardFault(bot, part);
  const type = MEDIA_TYPES.find((one) => one === msgtype);
  if (type !== undefined) return mediaFault(world, bot, part.media_id, type);
  if (!isText(part.content)) return 40058;
  return bytesIn(part.content) > LIMITS.markdownBytes ? 45002 : 0;
}

function newCardFault(bot: Bot, card: Body): number {
  const fault = cardFault(card);
  if (fault !== 0) return fault;
  return typeof card.task_id === 'string' && bot.taskIds.has(card.task_id) ? 40058 : 0;
}

function mediaFault(world: World, bot: Bot, id: unknown, type: string): number {
  const media = typeof id === 'string' ? bot.media.get(id) : undefined;
  if (media === undefined || media.type !== type) return 40007;
  return timeOf(world) - media.at > LIMITS.mediaForMs ? 40007 : 0;
}

function show(bot: Bot, chat: Chat, body: Body, via: Via): void {
  const part = body[String(body.msgtype)];
  if (!isRecord(part)) return;
  if (body.msgtype === 'template_card') {
    if (typeof part.task_id === 'string') bot.taskIds.add(part.task_id);
    chat.screen.push({ what: 'card', via, card: part, changedFor: new Map() });
    return;
  }
  const media = typeof part.media_id === 'string' ? bot.media.get(part.media_id) : undefined;
  if (media === undefined) chat.screen.push({ what: 'text', via, content: String(part.content) });
  else chat.screen.push({ what: 'media', via, type: media.type, name: media.name, bytes: media.bytes });
}
