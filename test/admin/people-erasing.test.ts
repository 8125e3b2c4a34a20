/** A resident asks at the office to be erased, or a family that a stranger be taken out of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveDoor } from '../../src/features/pledges/household-service.ts';
import { reportNewcomer } from '../../src/features/pledges/newcomer-service.ts';
import { makePledge } from '../../src/features/pledges/pledges-service.ts';
import { readStanding } from '../../src/features/pledges/standing-service.ts';
import { listAudit } from '../../src/store/audit-table.ts';
import { insertChat, insertPerson } from '../../src/store/chat-table.ts';
import { findHousehold, findHouseholdOfPerson, listMemberIds } from '../../src/store/household-table.ts';
import { findPerson, readPersonalData, savePersonName, savePersonPhone } from '../../src/store/person-table.ts';
import { type ActivityDesk, idOf, openActivityDesk } from './activities-desk.ts';
import { type Office, type Visitor, visitorOf } from './admin-harness.ts';

let desk: ActivityDesk;
let office: Office;
let worker: Visitor;

beforeEach(async () => {
  desk = await openActivityDesk();
  ({ office, worker } = desk);
});
afterEach(() => office.close());

const DOOR = { building: '3', unit: '2', room: '501' };

interface Home {
  readonly householdId: string;
  readonly personId: string;
  readonly chatId: string;
}

/** Somebody with a private chat who speaks for a door; `null`: a paper pledge a worker typed in. */
async function speak(name: string, habits: readonly string[], minutes = 0): Promise<Home> {
  const { community } = office;
  const now = new Date(office.clock.now().getTime() + minutes * 60_000);
  return office.store.write(async (tx) => {
    const address = `person-${tx.newId()}`;
    const from = { channel: 'web', account: community.id, address } as const;
    const person = await insertPerson(tx, { communityId: community.id, from, now });
    await savePersonName(tx, person, name);
    await savePersonPhone(tx, person, '13812345678');
    const chat = { ...from, communityId: community.id, kind: 'direct', title: null, areaId: null } as const;
    const { id: chatId } = await insertChat(tx, { ...chat, personId: person.id, now });
    const door = await resolveDoor(tx, community.id, DOOR);
    if (!door.ok) throw new Error(door.why);
    const actor = { personId: person.id, staffId: null };
    const { household } = await makePledge(tx, community, actor, { ...door, habits }, now);
    return { householdId: household.id, personId: person.id, chatId };
  });
}

async function typeInPaper(staffId: string): Promise<void> {
  const { community, clock } = office;
  await office.store.write(async (tx) => {
    const door = await resolveDoor(tx, community.id, DOOR);
    if (!door.ok) throw new Error(door.why);
    await makePledge(tx, community, { personId: null, staffId }, { ...door, habits: ['sort'] }, clock.now());
  });
}

const household = (id: string) => office.store.read((tx) => findHousehold(tx, office.community.id, id));
const members = (id: string) => office.store.read((tx) => listMemberIds(tx, id));
const pledged = async () => {
  const { whole } = await office.store.read((tx) => readStanding(tx, office.community, office.clock.now()));
  return whole.households;
};
const audits = async (action: string) => {
  const rows = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 50 }));
  return rows.filter((row) => row.action === action);
};
const lookInFull = (id: string) => worker.post(`/admin/pledges/${id}/full`, { reason: '本人来要求删除' });

describe('a resident who asks at the office to be erased', () => {
  it('is found in the full view of the household, and nowhere without it', async () => {
    const { householdId, personId } = await speak('王秀英', ['sort']);
    const way = `/admin/people/${personId}/erase`;
    expect((await worker.get(`/admin/pledges/${householdId}`)).text).not.toContain(way);
    expect((await lookInFull(householdId)).text).toContain(way);
  });

  it('is first told in plain words what goes and what stays; nothing is gone by looking', async () => {
    const { householdId, personId } = await speak('王秀英', ['sort']);
    await speak('李强', ['tap-off'], 1);
    const { status, text } = await worker.get(`/admin/people/${personId}/erase?from=/pledges/${householdId}`);
    expect(status).toBe(200);
    expect(text).toContain('3栋 王*英');
    expect(text).not.toContain('王秀英');
    expect(text).not.toContain('13812345678');
    const [gone = '', stays = ''] = text.split('<h2>留下的</h2>');
    expect(gone).toContain('您的姓名和电话');
    expect(stays).toContain('不带姓名的总数');
    expect(stays).toContain('家里别人还在用的门牌和承诺');
    expect(text).toContain(`href="/admin/pledges/${householdId}"`);
    expect(await members(householdId)).toContain(personId);
  });

  it('is gone everywhere afterwards; the family stays counted, and the log says who did it', async () => {
    const { householdId, personId } = await speak('王秀英', ['sort']);
    await speak('李强', ['tap-off'], 1);
    const answer = await worker.post(`/admin/people/${personId}/erase?from=/pledges/${householdId}`);
    expect(answer.location).toBe('/admin/pledges');
    const person = await office.store.read((tx) => findPerson(tx, office.community.id, personId));
    if (person === null) throw new Error('the bare row stays for the counts');
    expect(await office.store.read((tx) => readPersonalData(tx, person))).toMatchObject({ name: null, phone: null });
    expect(await members(householdId)).not.toContain(personId);
    expect(await pledged()).toBe(1);
    const [row] = await audits('person.erase');
    expect(row).toMatchObject({ subjectId: personId });
    expect(row?.staffId).not.toBeNull();
    expect(JSON.stringify(row)).not.toMatch(/王|138/);
  });

  it('takes the household along where nobody else speaks for it', async () => {
    const { householdId, personId } = await speak('王秀英', ['sort']);
    expect((await worker.get(`/admin/people/${personId}/erase`)).text).toContain('您家的门牌和承诺');
    await worker.post(`/admin/people/${personId}/erase`);
    expect(await household(householdId)).toBeNull();
    expect(await pledged()).toBe(0);
  });

  it('who signed up is found in the full list of the shift; the place goes to the next, who is asked', async () => {
    const path = await desk.make({ capacity0: '1' });
    await desk.joinInChat(path, '王秀英');
    await desk.joinInChat(path, '李强');
    const shift = await desk.onlyShift(path);
    const { text } = await worker.post(`${path}/shifts/${shift.id}/full`, { reason: '本人来要求删除', do: 'show' });
    const [way = ''] = /\/admin\/people\/[0-9a-z]+\/erase\?from=[^"]+/.exec(text) ?? [];
    const page = await worker.get(way);
    expect(page.text).toContain('还没开始的1个报名');
    expect(page.text).toContain(`href="${path}?shift=${shift.id}"`);
    const before = office.sent.length;
    expect((await worker.post(way)).location).toBe(`${path}?shift=${shift.id}`);
    expect(office.sent.slice(before).map(({ said }) => said.key)).toEqual(['shift.offer']);
    expect((await desk.people(shift.id)).map(({ name }) => name)).toEqual(['李强']);
  });

  it('goes nowhere else on a made-up way back', async () => {
    const { personId } = await speak('王秀英', ['sort']);
    const { text } = await worker.get(`/admin/people/${personId}/erase?from=//evil.example`);
    expect(text).not.toContain('evil.example');
  });

  it('is not erased by somebody who only reads, nor from another community', async () => {
    const { personId } = await speak('王秀英', ['sort']);
    await office.addStaff('viewer', 'viewer');
    const elsewhere = await office.addCommunity('别的社区');
    await office.addStaff('other', 'worker', elsewhere.id);
    for (const [login, status] of [
      ['viewer', 403],
      ['other', 404],
    ] as const) {
      const visitor = visitorOf(office.site);
      await visitor.signIn(login);
      expect((await visitor.post(`/admin/people/${personId}/erase`)).status).toBe(status);
    }
    expect(await office.store.read((tx) => findHouseholdOfPerson(tx, personId))).not.toBeNull();
  });
});

describe('a member the family does not know', () => {
  it('is marked in the full view and taken out; the pledge stays with the rest, and they hear of it without the door', async () => {
    const family = await speak('王秀英', ['sort']);
    const stranger = await speak('李强', ['tap-off'], 1);
    await office.store.write((tx) =>
      reportNewcomer(
        tx,
        office.community,
        stranger.personId,
        { personId: family.personId, chatId: family.chatId },
        '核对',
        office.clock.now(),
      ),
    );
    expect((await lookInFull(family.householdId)).text).toMatch(
      /李强[^<]*<\/strong>[^<]*13812345678 <span class="mark">家里人说不认识/,
    );
    const path = `/admin/pledges/${family.householdId}/members/${stranger.personId}/take-out`;
    const page = await worker.get(path);
    expect(page.text).toContain('这一户和它的承诺留着');
    expect(page.text).not.toContain('李强');
    expect((await worker.post(path)).location).toBe(`/admin/pledges/${family.householdId}`);
    expect(await members(family.householdId)).toEqual([family.personId]);
    expect(await pledged()).toBe(1);
    expect(office.sent).toMatchObject([{ to: { personId: stranger.personId }, said: { key: 'pledge.taken-out' } }]);
    expect(JSON.stringify(office.sent)).not.toMatch(/501|王/);
    expect(await audits('household.take-out')).toMatchObject([
      { subjectId: family.householdId, detail: { kept: true } },
    ]);
  });

  it('who is the only one takes the household along, and the page says so first', async () => {
    const { householdId, personId } = await speak('李强', ['sort']);
    const path = `/admin/pledges/${householdId}/members/${personId}/take-out`;
    expect((await worker.get(path)).text).toContain('户数少 1');
    expect((await worker.post(path)).location).toBe('/admin/pledges');
    expect(await household(householdId)).toBeNull();
    expect(await pledged()).toBe(0);
  });

  it('leaves a pledge that came on paper as it was, though nobody speaks for it any more', async () => {
    const staff = await office.addStaff('zhang', 'worker');
    await typeInPaper(staff.id);
    const { householdId, personId } = await speak('李强', ['tap-off'], 1);
    const path = `/admin/pledges/${householdId}/members/${personId}/take-out`;
    expect((await worker.get(path)).text).toContain('这一户和它的承诺留着');
    await worker.post(path);
    expect(await members(householdId)).toEqual([]);
    expect(await pledged()).toBe(1);
  });

  it('is not taken out twice, nor out of a household they do not belong to', async () => {
    const { householdId, personId } = await speak('李强', ['sort']);
    await speak('王秀英', ['sort'], 1);
    const path = `/admin/pledges/${householdId}/members/${personId}/take-out`;
    expect((await worker.post(path)).status).toBe(303);
    expect((await worker.post(path)).status).toBe(404);
    expect((await worker.post(`/admin/pledges/${idOf(householdId)}x/members/${personId}/take-out`)).status).toBe(404);
  });
});
