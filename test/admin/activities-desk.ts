/** A desk with a worker signed in, for the tests of activities: makes them, and fills their lists. */
import { expect } from 'vitest';
import { joinShift } from '../../src/features/volunteering/sign-up-service.ts';
import type { Shift } from '../../src/model/activity.ts';
import { listShiftsOf } from '../../src/store/activity-table.ts';
import { type Attendee, listAttendees } from '../../src/store/attendee-table.ts';
import { insertChat, insertPerson } from '../../src/store/chat-table.ts';
import { type Office, type OfficeWish, openOffice, START, type Visitor, visitorOf } from './admin-harness.ts';

/** What a worker types for one activity. */
export const RIVER = {
  title: '周六河边',
  place: '北门集合',
  details: '带手套',
  risk: '',
  rows: '1',
  day0: '2026-11-21',
  from0: '09:00',
  to0: '11:00',
  capacity0: '3',
};

export interface ActivityDesk {
  readonly office: Office;
  readonly worker: Visitor;
  /** Days later one signs in again. */
  readonly wait: (until: string) => Promise<void>;
  /** The path of a new activity. */
  readonly make: (fields?: Readonly<Record<string, string>>) => Promise<string>;
  readonly shiftsOf: (path: string) => Promise<Shift[]>;
  readonly onlyShift: (path: string) => Promise<Shift>;
  readonly people: (shiftId: string) => Promise<Attendee[]>;
  readonly addAtDesk: (path: string, name: string, party?: string, phone?: string) => Promise<void>;
  /** Somebody with a private chat, whom the bot can tell things; gives the id of the sign-up. */
  readonly joinInChat: (path: string, name: string) => Promise<string>;
}

export const idOf = (path: string) => path.split('/').at(-1) ?? '';

export async function openActivityDesk(wish: OfficeWish = {}): Promise<ActivityDesk> {
  const office = await openOffice(wish);
  await office.addStaff('li', 'worker');
  const worker = visitorOf(office.site);
  await worker.signIn('li');
  const { id: communityId } = office.community;
  const shiftsOf = (path: string) => office.store.read((tx) => listShiftsOf(tx, communityId, idOf(path)));

  async function onlyShift(path: string): Promise<Shift> {
    const [shift] = await shiftsOf(path);
    if (shift === undefined) throw new Error('there is no shift');
    return shift;
  }

  return {
    office,
    worker,
    wait: async (until) => {
      office.clock.set(new Date(until));
      await worker.signIn('li');
    },
    make: async (fields = {}) => {
      const answer = await worker.post('/admin/activities', { ...RIVER, ...fields });
      expect(answer.status).toBe(303);
      return answer.location ?? '';
    },
    shiftsOf,
    onlyShift,
    people: (shiftId) => office.store.read((tx) => listAttendees(tx, communityId, shiftId)),
    addAtDesk: async (path, name, party = '1', phone = '13900001234') => {
      const { id } = await onlyShift(path);
      const answer = await worker.post(`${path}/shifts/${id}/people`, { name, party, phone });
      expect(answer.status).toBe(303);
    },
    joinInChat: async (path, name) => {
      const shift = await onlyShift(path);
      return office.store.write(async (tx) => {
        const from = { channel: 'web', account: communityId, address: name } as const;
        const person = await insertPerson(tx, { communityId, from, now: START });
        const chat = { ...from, address: `private:${name}`, kind: 'direct', title: null, areaId: null } as const;
        const { id } = await insertChat(tx, { ...chat, communityId, personId: person.id, now: START });
        const asked = {
          community: office.community,
          shiftId: shift.id,
          personId: person.id,
          chatId: id,
          name,
        } as const;
        const result = await joinShift(tx, { ...asked, source: 'chat', party: 1 }, START);
        if (!result.ok) throw new Error(result.why);
        return result.signUp.id;
      });
    },
  };
}
