/**
 * Asks WeCom to put a message before the owner of a customer group, who sends it with one tap: nobody else can write
 * there (developer.work.weixin.qq.com/document/path/92135, /93338 for results, /97610 for reminders).
 */
import { z } from 'zod';
import type { OwnerAttachment, OwnerDesk, OwnerRefusal, OwnerWish } from '../../model/owner-task.ts';
import { type ApiRefusal, type ApiResult, createWecomApi, type WecomApi, type WecomAppConfig } from './wecom-api.ts';

// The limit of the text in one such message; counted in bytes of UTF-8.
const LONGEST_TEXT_BYTES = 4_000;

export function createGroupTaskClient(config: WecomAppConfig, steadyNow: () => number): OwnerDesk {
  const api = createWecomApi(config, steadyNow);
  return {
    handOver: (task) => handOver(api, task),
    remind: async (taskId) => {
      const reminded = await api.call('externalcontact/remind_groupmsg_send', { msgid: taskId }, Nothing);
      return reminded.ok ? { ok: true } : refused(reminded);
    },
    resultOf: (task) => resultOf(api, task),
  };
}

const Nothing = z.object({});
const Made = z.object({ msgid: z.string(), fail_list: z.array(z.string()).default([]) });

async function handOver(
  api: WecomApi,
  { owner, chat, text, attachment }: OwnerWish,
): ReturnType<OwnerDesk['handOver']> {
  if (Buffer.byteLength(text) > LONGEST_TEXT_BYTES)
    return { ok: false, why: { code: 'too-long', number: null }, mayBeDone: false };
  const uploaded = attachment === null ? null : await upload(api, attachment);
  if (uploaded !== null && !uploaded.ok) return { ok: false, why: uploaded.why, mayBeDone: false };
  const attachments = uploaded === null ? [] : [uploaded.value];
  const body = { chat_type: 'group', sender: owner, chat_id_list: [chat], text: { content: text }, attachments };
  const made = await api.call('externalcontact/add_msg_template', body, Made);
  if (!made.ok) return refused(made);
  // The call succeeds although the group in it is none of the owner's.
  if (made.value.fail_list.includes(chat))
    return { ok: false, why: { code: 'not-a-customer-group', number: null }, mayBeDone: false };
  return { ok: true, taskId: made.value.msgid };
}

const Uploaded = z.object({ media_id: z.string() });

async function upload(
  api: WecomApi,
  { name, mediaType, bytes }: OwnerAttachment,
): Promise<ApiResult<Readonly<Record<string, unknown>>>> {
  const type = /^image\/(png|jpeg)$/.test(mediaType) ? 'image' : 'file';
  const form = new FormData();
  form.append('media', new File([new Uint8Array(bytes)], name, { type: mediaType }));
  const uploaded = await api.call(`media/upload?type=${type}`, form, Uploaded);
  if (!uploaded.ok) return uploaded;
  return { ok: true, value: { msgtype: type, [type]: { media_id: uploaded.value.media_id } } };
}

const Sent = z.object({
  send_list: z.array(
    z.object({ chat_id: z.string().optional(), status: z.number(), send_time: z.number().optional() }),
  ),
  next_cursor: z.string().optional(),
});
const Tasks = z.object({
  task_list: z.array(z.object({ userid: z.string(), status: z.number(), send_time: z.number().optional() })),
});

// Of a task: 0 not confirmed, 2 confirmed. Of a group: 0 not sent, 1 sent, 2 no contact, 3 had enough of such messages.
const CONFIRMED = 2;
const ARRIVED = 1;

/** First whether the owner tapped, then what became of it in the group. */
async function resultOf(
  api: WecomApi,
  { taskId: msgid, owner: userid, chat }: Parameters<OwnerDesk['resultOf']>[0],
): ReturnType<OwnerDesk['resultOf']> {
  const tasks = await api.call('externalcontact/get_groupmsg_task', { msgid, limit: 500 }, Tasks);
  if (!tasks.ok) return refused(tasks);
  const task = tasks.value.task_list.find((one) => one.userid === userid);
  if (task?.status !== CONFIRMED) return { ok: true, result: { state: 'waiting' } };
  const sent = await api.call('externalcontact/get_groupmsg_send_result', { msgid, userid, limit: 500 }, Sent);
  if (!sent.ok) return refused(sent);
  const there = sent.value.send_list.find((one) => one.chat_id === chat);
  if (there === undefined || there.status === 0) return { ok: true, result: { state: 'waiting' } };
  if (there.status !== ARRIVED) return { ok: true, result: { state: 'held-back' } };
  const seconds = there.send_time ?? task.send_time;
  return { ok: true, result: { state: 'sent', at: new Date((seconds ?? 0) * 1_000) } };
}

function refused({ why, isUnsure }: ApiRefusal): OwnerRefusal {
  return { ok: false, why, mayBeDone: isUnsure };
}
