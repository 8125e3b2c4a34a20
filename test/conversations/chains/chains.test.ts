/** What happens in chats with lists that whole groups fill in. */
import { expect } from 'vitest';
import { readAttendance } from '../../../src/features/volunteering/attendance-service.ts';
import { listShiftsFrom } from '../../../src/store/activity-table.ts';
import { listOpenDoubts } from '../../../src/store/chain-doubt-table.ts';
import { findChat } from '../../../src/store/chat-table.ts';
import { bindStaffChat } from '../../../src/store/staff-chat-table.ts';
import { insertStaff } from '../../../src/store/staff-table.ts';
import { playDialogues } from '../../support/dialogue.ts';
import type { Stage } from '../../support/stage.ts';
import { VOLUNTEER_COMMANDS } from '../../support/volunteers.ts';
import { WHOLE_BOT } from '../../support/whole-bot.ts';

playDialogues(import.meta.dirname, { ...WHOLE_BOT, commands: { ...VOLUNTEER_COMMANDS, coming, doubts, worker } });

/** `coming 周六捡垃圾 张三×2 李四×1`: by the list, in its order, those who wait last; nobody where none is named. */
async function coming(stage: Stage, rest: string): Promise<void> {
  const [title = '', ...people] = rest.split(' ');
  const community = await stage.community();
  const shifts = await stage.store.read((tx) => listShiftsFrom(tx, community.id, new Date(0), 50));
  const shift = shifts.find((one) => one.title === title);
  const office = { community, staffId: null, now: stage.clock.now() };
  const list = await stage.store.write((tx) => readAttendance(tx, shift?.id ?? '', office, {}));
  const all = [...(list?.coming ?? []), ...(list?.waiting ?? [])].filter(({ source }) => source === 'chain');
  expect(all.map(({ name, party }) => `${name}×${party}`)).toEqual(people);
}

/** `doubts which missing`: what waits for a worker's answer. */
async function doubts(stage: Stage, rest: string): Promise<void> {
  const open = await stage.store.read((tx) => listOpenDoubts(tx, stage.communityId, { limit: 50 }));
  expect(open.map(({ kind }) => kind)).toEqual(rest === '' ? [] : rest.split(' '));
}

/** `worker 小陈`: the private chat in which they have spoken is that of a worker. */
async function worker({ store, clock, communityId }: Stage, name: string): Promise<void> {
  const now = clock.now();
  const at = { channel: 'web', account: communityId, address: `private:${name}` } as const;
  const account = { communityId, login: name, displayName: name, role: 'worker', passwordIsInitial: false } as const;
  await store.write(async (tx) => {
    const staff = await insertStaff(tx, { ...account, passwordHash: 'none', now });
    const chat = await findChat(tx, at);
    await bindStaffChat(tx, chat?.id ?? '', staff?.id ?? '', now);
  });
}
