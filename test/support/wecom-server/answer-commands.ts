/** Commands that answer something a person did; the request id is the person's and says what may be done with it. */
import { cardFault, isRecord, isText } from './card-rules.ts';
import { say } from './content.ts';
import { type Answer, type Frame, OK, refusal } from './frame.ts';
import { LIMITS, passes } from './limits.ts';
import { type Bot, bytesIn, type Chat, type ReqId, type Session, timeOf, type World } from './world.ts';

const REPLIES = ['markdown', 'template_card', 'file', 'image', 'voice', 'video'];
const WELCOMES = ['text', 'template_card'];

/** Within a day, on the connection that brought the message; several replies may follow one message. */
export function respond(world: World, session: Session, bot: Bot, { headers, body = {} }: Frame): Answer {
  const asked = grantOf(world, session, headers.req_id, 'message', LIMITS.replyWithinMs);
  if (asked === null) return refusal(846605);
  if (asked.chat.presence !== 'in') return refusal(93008);
  if (body.msgtype === 'stream') return stream(world, asked.chat, body.stream);
  if (!REPLIES.includes(String(body.msgtype))) return refusal(40008);
  return say(world, bot, asked.chat, body, 'reply');
}

/** Once, within 5 s of the person's coming. */
export function welcome(world: World, session: Session, bot: Bot, { headers, body = {} }: Frame): Answer {
  const entered = grantOf(world, session, headers.req_id, 'enter', LIMITS.eventAnswerWithinMs);
  if (entered === null || entered.isUsed) return refusal(846605);
  if (!WELCOMES.includes(String(body.msgtype))) return refusal(40008);
  const answer = say(world, bot, entered.chat, body, 'welcome');
  if (answer.errcode === 0) entered.isUsed = true;
  return answer;
}

/** Once, within 5 s of the click; the whole card is replaced, for everybody or for those who are named. */
export function update(world: World, session: Session, { headers, body = {} }: Frame): Answer {
  const click = grantOf(world, session, headers.req_id, 'card', LIMITS.eventAnswerWithinMs);
  if (click === null || click.isUsed) return refusal(846605);
  const { template_card: card, response_type: type } = body;
  if (type !== 'update_template_card' || !isRecord(card)) return refusal(40058);
  const fault = cardFault(card);
  if (fault !== 0) return refusal(fault);
  if (card.task_id !== click.taskId) return refusal(40058);
  const shown = click.chat.screen.find((item) => item.what === 'card' && item.card.task_id === click.taskId);
  if (shown?.what !== 'card') return refusal(40058);
  click.isUsed = true;
  const named = Array.isArray(body.userids) ? body.userids.filter(isText) : [];
  if (named.length === 0 || click.chat.kind === 'single') shown.card = card;
  else for (const userId of named) shown.changedFor.set(userId, card);
  return OK;
}

function grantOf(world: World, session: Session, reqId: string, kind: ReqId['kind'], withinMs: number): ReqId | null {
  const grant = world.reqIds.get(reqId);
  if (grant === undefined || grant.kind !== kind || grant.session !== session) return null;
  return timeOf(world) - grant.at > withinMs ? null : grant;
}

/** Refreshing a stream is no new message. */
function stream(world: World, chat: Chat, given: unknown): Answer {
  if (!isRecord(given) || !isText(given.id)) return refusal(40058);
  const { id, finish } = given;
  const content = typeof given.content === 'string' ? given.content : '';
  if (bytesIn(content) > LIMITS.markdownBytes) return refusal(45002);
  const known = chat.screen.find((item) => item.what === 'text' && item.stream?.id === id);
  if (known?.what !== 'text' || known.stream === undefined) {
    if (!passes(chat.sentAt, LIMITS.perChat, timeOf(world))) return refusal(45009);
    chat.screen.push({
      what: 'text',
      via: 'reply',
      content,
      stream: { id, at: timeOf(world), isDone: finish === true },
    });
    return OK;
  }
  if (known.stream.isDone || timeOf(world) - known.stream.at > LIMITS.streamWithinMs) return refusal(846608);
  known.content = content;
  known.stream.isDone = finish === true;
  return OK;
}
