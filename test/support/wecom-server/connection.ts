/** One long connection: subscribing, pings, commands, and what goes wrong with them on purpose. */
import { respond, update, welcome } from './answer-commands.ts';
import { flushMissed } from './callbacks.ts';
import { type Order, takeOrder } from './faults.ts';
import { type Answer, ackText, type Frame, OK, readFrame, refusal } from './frame.ts';
import { LIMITS, passes } from './limits.ts';
import { push } from './push-command.ts';
import { beginUpload, endUpload, takeChunk } from './upload-commands.ts';
import { type Bot, newId, type Session, timeOf, type World } from './world.ts';

export function onText(world: World, session: Session, text: string): void {
  const frame = readFrame(text);
  if (frame === null) {
    world.junk.push(text);
    return;
  }
  session.frames.push(frame);
  session.heardAt = timeOf(world);
  const order = takeOrder(world.faults, frame.cmd);
  if (order === 'lose') return;
  if (order === 'close') {
    session.cut();
    return;
  }
  const answer = typeof order === 'object' && order !== null ? refusal(order.refuse) : obey(world, session, frame);
  if (answer !== null) answerWith(world, session, frame, answer, order);
}

function answerWith(world: World, session: Session, frame: Frame, answer: Answer, order: Order | null): void {
  const ack = ackText(frame.headers.req_id, answer);
  if (order === 'apply-then-close') session.cut();
  if (order === 'apply-silently' || order === 'apply-then-close') return;
  if (order === 'hold-ack') world.held.push(() => session.write(ack));
  else if (order === 'ack-later') session.bot?.lateAcks.push(ack);
  else session.write(ack);
  if (frame.cmd === 'aibot_subscribe' && answer.errcode === 0) settleIn(world, session);
}

/** `null`: no answer at all. */
function obey(world: World, session: Session, frame: Frame): Answer | null {
  if (frame.cmd === 'aibot_subscribe') return world.faults.silentAuth ? null : subscribe(world, frame);
  const { bot } = session;
  if (bot === null || session.isDisplaced) return refusal(846609);
  switch (frame.cmd) {
    case 'ping':
      return world.faults.ignorePings ? null : OK;
    case 'aibot_respond_msg':
      return respond(world, session, bot, frame);
    case 'aibot_respond_welcome_msg':
      return welcome(world, session, bot, frame);
    case 'aibot_respond_update_msg':
      return update(world, session, frame);
    case 'aibot_send_msg':
      return push(world, bot, frame);
    case 'aibot_upload_media_init':
      return beginUpload(world, bot, frame);
    case 'aibot_upload_media_chunk':
      return takeChunk(world, bot, frame);
    case 'aibot_upload_media_finish':
      return endUpload(world, bot, frame);
    default:
      return refusal(40058);
  }
}

function subscribe(world: World, { body = {} }: Frame): Answer {
  const bot = world.bots.get(String(body.bot_id));
  if (bot === undefined) return refusal(40013);
  if (!passes(bot.subscribed, LIMITS.subscribesPerBot, timeOf(world))) return refusal(45009);
  return body.secret === bot.secret ? OK : refusal(40001);
}

/** There is one connection per bot: the older one is told and closed. */
function settleIn(world: World, session: Session): void {
  const { bot_id: botId } = session.frames.at(-1)?.body ?? {};
  const bot = world.bots.get(String(botId));
  if (bot === undefined) return;
  const { session: older } = bot;
  bot.session = session;
  session.bot = bot;
  if (older !== null && older !== session) displace(world, bot, older);
  for (const ack of bot.lateAcks.splice(0)) session.write(ack);
  if (world.faults.closeOnSubscribed > 0) {
    world.faults.closeOnSubscribed -= 1;
    session.cut();
    return;
  }
  flushMissed(world, bot);
}

export function displace(world: World, bot: Bot, session: Session, linger = false): void {
  session.isDisplaced = true;
  const createTime = Math.floor(timeOf(world) / 1_000);
  session.write(
    JSON.stringify({
      cmd: 'aibot_event_callback',
      headers: { req_id: newId('req') },
      body: {
        msgid: newId('msg'),
        create_time: createTime,
        aibotid: bot.id,
        msgtype: 'event',
        event: { eventtype: 'disconnected_event' },
      },
    }),
  );
  if (!linger) session.end();
}
