/** A #接龙 from a group of WeChat to the committee's Excel: over the gateway's real gRPC, the bot and the pages. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readWorkbook } from '../../../src/documents/read-workbook.ts';
import { channelParts } from '../../../src/joints/channel-parts.ts';
import { createLog } from '../../../src/lib/log.ts';
import { listGroups } from '../../../src/store/chat-table.ts';
import { type ActivityDesk, openActivityDesk } from '../../admin/activities-desk.ts';
import { PATIENCE } from '../../support/patience.ts';
import { groupNote, type NoteEntry } from '../../support/wechat-server/group-note.ts';
import { openWechatChannel } from '../../support/wechat-server/wechat-platform.ts';
import { openWechatServer, type WechatServer } from '../../support/wechat-server/wechat-server.ts';

// wechaty's `MessageType`.
const GROUP_NOTE = 10;
const THEME = '周六河边捡垃圾 9点北门 💪🏻';

let desk: ActivityDesk;
let wechat: WechatServer;
let activity: string;
let shiftId: string;
let room: string;
const people = new Map<string, string>();

beforeAll(async () => {
  desk = await openActivityDesk({ withBot: true });
  const { office } = desk;
  const now = () => office.clock.now();
  wechat = await openWechatServer({ now });
  for (const name of ['林姐', '王五', '赵六', '钱七', '孙八']) people.set(name, wechat.world.addPerson(name));
  room = wechat.world.addGroup('3号楼群', [...people.values()]);
  const { bot, store, clock, content } = office;
  if (bot === null) throw new Error('the office has a bot');
  await bot.start();
  const log = createLog('fatal', 'stderr');
  const parts = channelParts({ store, render: content.texts.render, locale: 'zh-CN', clock, log });
  const channel = await openWechatChannel(wechat, parts);
  await bot.channels.put(channel);
  await vi.waitFor(() => expect(channel.status().state).toBe('online'), PATIENCE);
  activity = await desk.make({ title: '周六河边捡垃圾', capacity0: '6' });
  shiftId = (await desk.onlyShift(activity)).id;
});

afterAll(async () => {
  await desk.office.bot?.stop();
  await wechat.stop();
  await desk.office.close();
});

const idOf = (name: string) => people.get(name) ?? '';

/** As WeChat tells it: the whole list anew by whoever has changed it. A minute goes by each time. */
function posts(poster: string, entries: readonly NoteEntry[]): void {
  passMinute();
  wechat.world.says(idOf(poster), groupNote(THEME, idOf('林姐'), entries).xml, { room, type: GROUP_NOTE });
}

function passMinute(): void {
  const { clock } = desk.office;
  clock.set(new Date(clock.now().getTime() + 60_000));
}

const line = (name: string, text = name): NoteEntry => ({
  memberId: idOf(name),
  text,
  at: desk.office.clock.now(),
});

const coming = async () =>
  (await desk.people(shiftId)).map(({ signUp, name }) => `${name} ${signUp.party} ${signUp.state}`);

const comes = (...who: readonly string[]) => vi.waitFor(async () => expect(await coming()).toEqual(who), PATIENCE);

const saidInGroup = () =>
  wechat.puppet.texts.filter(({ conversationId }) => conversationId === room).map(({ text }) => text);

it('a list that grows, forks and is edited in a group, and is pasted by hand, ends as sign-ups, Excel and a list of who is not in yet', async () => {
  const { worker, office } = desk;
  const lin = line('林姐', '林姐 3号楼 2人');
  posts('林姐', [lin]);
  await comes('林姐 2 joined');
  const wang = line('王五');
  posts('王五', [lin, wang]);
  await comes('林姐 2 joined', '王五 1 joined');

  // 赵六 joins from the copy before 王五's: a fork, and nobody is lost.
  const zhao = line('赵六', '赵六 138 0013 8000');
  posts('赵六', [lin, zhao]);
  await comes('林姐 2 joined', '王五 1 joined', '赵六 1 joined');

  // 林姐 changes her own line; her copy is of the branch without 王五.
  posts('林姐', [{ ...lin, text: '林姐 3号楼 3人' }, zhao]);
  await comes('林姐 3 joined', '王五 1 joined', '赵六 1 joined');

  // The same list pasted by hand, with one more than the group's copies hold.
  passMinute();
  const pasted = `#接龙\n${THEME}\n\n1. 林姐 3号楼 3人\n2. 王五\n3. 赵六 13800138000\n4. 陈奶奶`;
  const path = (await worker.post('/admin/chains/paste', { pasted })).location ?? '';
  await comes('林姐 3 joined', '王五 1 joined', '赵六 1 joined', '陈奶奶 1 joined');
  const { text: page } = await worker.get(path);
  expect(page).toContain('138****8000');
  expect(page).not.toMatch(/138 ?0013 ?8000/);

  // Six places: who comes now waits, and the group hears once that it is full, in numbers.
  const qian = line('钱七');
  posts('钱七', [lin, zhao, qian]);
  await comes('林姐 3 joined', '王五 1 joined', '赵六 1 joined', '陈奶奶 1 joined', '钱七 1 waiting');
  await vi.waitFor(() => expect(saidInGroup()).toHaveLength(1), PATIENCE);
  expect(saidInGroup()[0]).toMatch(/满/);
  expect(saidInGroup()[0]).not.toMatch(/林姐|王五|赵六|陈奶奶|钱七|3号楼/);

  // A later line in the chat is about the list; the place that comes free is held for who waits.
  passMinute();
  wechat.world.says(idOf('赵六'), '2号不来了', { room });
  await vi.waitFor(async () => expect(await coming()).not.toContain('赵六 1 joined'), PATIENCE);

  const columns = [
    { key: 'name', header: '姓名', kind: 'text' },
    { key: 'people', header: '人数', kind: 'number' },
    { key: 'source', header: '从哪里报的', kind: 'text' },
  ] as const;
  const sheet = await readWorkbook((await worker.get(`${activity}/shifts/${shiftId}/list`)).bytes, columns);
  const rows = sheet.ok ? sheet.rows.map(({ values }) => values) : [];
  expect(rows.map(({ source }) => source)).toEqual(['接龙', '接龙', '接龙', '接龙']);
  expect(rows.reduce((sum, row) => sum + Number(row.people), 0)).toBe(6);

  // Another list of this group, for another day, had 孙八 in it: who is not in this one is known to the staff alone.
  const [group] = await office.store.read((tx) => listGroups(tx, office.community.id));
  const earlier = await desk.make({ title: '楼道大扫除', day0: '2026-11-22' });
  const theme = `#接龙\n楼道大扫除\n\n1. 孙八\n2. 王五`;
  await worker.post('/admin/chains/paste', { pasted: theme, chatId: group?.id ?? '' });
  expect(await desk.people((await desk.onlyShift(earlier)).id)).toHaveLength(2);
  const wanted = { target: `shift:${shiftId}`, of: `chat:${group?.id ?? ''}` };
  const { text: notYet } = await worker.post('/admin/chains/not-yet', wanted);
  expect(notYet).toContain('孙八');
  expect(notYet).not.toContain('王五');
  expect(saidInGroup().join('\n')).not.toContain('孙八');
});
