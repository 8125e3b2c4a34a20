/** Brings to a bot what people do; there is no answer that would confirm it. */
import { type Bot, type Callback, newId, type Session, timeOf, type World } from './world.ts';

/** Returns the request id, or `null` where it did not reach the bot. */
export function callBack(world: World, bot: Bot, callback: Callback): string | null {
  const { faults } = world;
  if (bot.session === null) {
    bot.missed.push(callback);
    return null;
  }
  if (faults.withholdCallbacks) return null;
  if (faults.reorder && bot.waiting === null) {
    bot.waiting = callback;
    return null;
  }
  const reqId = send(world, bot.session, callback);
  const overtaken = bot.waiting;
  bot.waiting = null;
  if (overtaken !== null) send(world, bot.session, overtaken);
  return reqId;
}

/** Lost while nobody listened, unless the service is set to deliver late. */
export function flushMissed(world: World, bot: Bot): void {
  const missed = bot.missed.splice(0);
  if (world.faults.redeliverMissed) for (const callback of missed) callBack(world, bot, callback);
}

/** A copy has the same message id and a request id of its own. */
function send(world: World, session: Session, { cmd, body, grant }: Callback): string {
  let reqId = '';
  for (let copy = 0; copy < world.faults.copies; copy += 1) {
    reqId = newId('req');
    world.reqIds.set(reqId, { ...grant, session, at: timeOf(world) });
    session.write(JSON.stringify({ cmd, headers: { req_id: reqId }, body }));
  }
  return reqId;
}
