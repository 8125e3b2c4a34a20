/** Webhook robots (document 91770): the key in the address is all it takes; the answer is always HTTP 200. */
import { z } from 'zod';
import { isRecord, isText, recordsIn } from './card-rules.ts';
import { takeOrder } from './faults.ts';
import { type Answer, OK, refusal } from './frame.ts';
import { LIMITS, passes } from './limits.ts';
import { bytesIn, md5Of, newId, type Robot, timeOf, type World } from './world.ts';

type Body = Readonly<Record<string, unknown>>;

/** `null`: the line breaks instead of an answer. */
export function robotSays(world: World, key: string, text: string): Answer | null {
  return withFaults(world, 'webhook/send', () => {
    const robot = world.robots.get(key);
    if (robot === undefined) return refusal(93000);
    const body = readBody(text);
    if (body === null) return refusal(40058);
    const fault = contentFault(world, robot, body);
    if (fault !== 0) return refusal(fault);
    if (!passes(robot.sentAt, LIMITS.perRobot, timeOf(world))) return refusal(45009);
    show(robot, body);
    return OK;
  });
}

export async function robotTakesFile(world: World, query: URLSearchParams, request: Request): Promise<Answer | null> {
  const file = (await request.formData()).get('media');
  const bytes = file instanceof File ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
  return withFaults(world, 'webhook/upload_media', () => {
    // An empty file is seen before the key is looked at.
    if (!(file instanceof File) || bytes.length === 0) return refusal(44001);
    const robot = world.robots.get(query.get('key') ?? '');
    if (robot === undefined) return refusal(93000);
    const type = query.get('type');
    if (type !== 'file' && type !== 'voice') return refusal(40004);
    if (bytes.length < LIMITS.leastMediaBytes || bytes.length > LIMITS.robotFileBytes) return refusal(45001);
    const id = newId('media');
    robot.media.set(id, { type, name: file.name, bytes, at: timeOf(world) });
    const at = String(Math.floor(timeOf(world) / 1_000));
    return { errcode: 0, body: { type, media_id: id, created_at: at } };
  });
}

function withFaults(world: World, cmd: string, apply: () => Answer): Answer | null {
  const order = takeOrder(world.faults, cmd);
  if (order === 'lose' || order === 'close') return null;
  if (typeof order === 'object' && order !== null) return refusal(order.refuse);
  const answer = apply();
  return order === null ? answer : null;
}

function contentFault(world: World, robot: Robot, body: Body): number {
  const part = body[String(body.msgtype)];
  if (!isRecord(part)) return 40058;
  switch (body.msgtype) {
    case 'text':
      return textFault(part.content, LIMITS.robotTextBytes);
    case 'markdown':
      return textFault(part.content, LIMITS.robotMarkdownBytes);
    case 'markdown_v2':
      return world.faults.knowsMarkdownV2 ? textFault(part.content, LIMITS.robotMarkdownBytes) : 40008;
    case 'image':
      return imageFault(part);
    case 'file':
    case 'voice':
      return mediaFault(world, robot, part.media_id);
    case 'news':
      return recordsIn(part.articles).length >= 1 && recordsIn(part.articles).length <= 8 ? 0 : 40058;
    default:
      return 40008;
  }
}

function textFault(content: unknown, most: number): number {
  return isText(content) && bytesIn(content) <= most ? 0 : 40058;
}

function imageFault({ base64, md5 }: Body): number {
  if (!isText(base64)) return 40058;
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > LIMITS.robotImageBytes) return 40009;
  const isPicture = bytes.subarray(0, 2).equals(JPEG) || bytes.subarray(0, 4).equals(PNG);
  if (!isPicture) return 40009;
  return md5 === md5Of(bytes) ? 0 : 301019;
}

const JPEG = Buffer.from([0xff, 0xd8]);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

function mediaFault(world: World, robot: Robot, id: unknown): number {
  const media = typeof id === 'string' ? robot.media.get(id) : undefined;
  return media === undefined || timeOf(world) - media.at > LIMITS.mediaForMs ? 40007 : 0;
}

function show(robot: Robot, body: Body): void {
  const type = String(body.msgtype);
  const part = body[type];
  if (!isRecord(part)) return;
  const lists = [part.mentioned_list, part.mentioned_mobile_list];
  const mentions = lists.flatMap((list) => (Array.isArray(list) ? list.filter(isText) : []));
  const bytes = isText(part.base64)
    ? Buffer.from(part.base64, 'base64')
    : robot.media.get(String(part.media_id))?.bytes;
  robot.screen.push({ type, content: String(part.content ?? ''), mentions, ...(bytes === undefined ? {} : { bytes }) });
}

function readBody(text: string): Body | null {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
