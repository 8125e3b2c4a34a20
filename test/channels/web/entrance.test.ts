/** A code on a door leads into the page of that building; a code from another chat makes two visitors one person. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entranceCode } from '../../../src/lib/entrance-code.ts';
import { insertArea, listAreas } from '../../../src/store/community-table.ts';
import { openSite, REAL, type Site } from './open-site.ts';
import { visitorOf } from './visitor.ts';

const CHAT = `/c/${REAL}`;

let site: Site;

beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

async function areaOf(name: string): Promise<string> {
  const areas = await site.store.read((tx) => listAreas(tx, REAL));
  return areas.find((area) => area.name === name)?.id ?? '';
}

const chats = () =>
  site.store.read(({ db }) => db.selectFrom('chat').selectAll().where('kind', '=', 'direct').execute());

describe('the entrance of a building', () => {
  it('leads to the page, fills in the number, and belongs to the chat from its first word on', async () => {
    const visitor = visitorOf(site);
    const area = await areaOf('3');
    const opened = await visitor.get(`${CHAT}/e/${entranceCode(area)}`);
    expect([opened.status, opened.headers.get('location')]).toEqual([303, CHAT]);
    expect(await chats()).toEqual([]);
    expect((await visitor.get(CHAT)).text).toContain('您是从3栋的入口进来的');
    expect((await visitor.get(`${CHAT}/pledge`)).text).toMatch(/name="building"[^>]*value="3"/s);
    await visitor.post(`${CHAT}/say`, { id: 'client-0001', text: '我家承诺光盘，2单元501' });
    expect((await visitor.get(CHAT)).text).toContain('3栋2单元501');
    expect(await chats()).toMatchObject([{ area_id: area }]);
  });

  it('is that of whichever building was scanned last', async () => {
    const visitor = visitorOf(site);
    await visitor.get(`${CHAT}/e/${entranceCode(await areaOf('3'))}`);
    await visitor.post(`${CHAT}/say`, { id: 'client-0001', text: '你好' });
    await visitor.get(`${CHAT}/e/${entranceCode(await areaOf('2')).toUpperCase()}`);
    await visitor.post(`${CHAT}/say`, { id: 'client-0002', text: '你好' });
    expect(await chats()).toMatchObject([{ area_id: await areaOf('2') }]);
  });

  it('that is no more still opens the page, and a wrong community is not found', async () => {
    const visitor = visitorOf(site);
    expect((await visitor.get(`${CHAT}/e/nowhere2`)).headers.get('location')).toBe(CHAT);
    expect((await visitor.get(CHAT)).text).not.toContain('的入口进来的');
    expect((await visitor.get('/c/nobody/e/nowhere2')).status).toBe(404);
  });

  it('tells the compound where the same number stands in two', async () => {
    const compounds = await site.store.write(async (tx) => {
      const made = [];
      for (const name of ['东苑', '西苑']) {
        const compound = await insertArea(tx, {
          communityId: REAL,
          parentId: null,
          kind: 'compound',
          name,
          households: null,
        });
        const inside = {
          communityId: REAL,
          parentId: compound.id,
          kind: 'building',
          name: '8',
          households: null,
        } as const;
        made.push(await insertArea(tx, inside));
      }
      return made;
    });
    const visitor = visitorOf(site);
    await visitor.get(`${CHAT}/e/${entranceCode(compounds[1]?.id ?? '')}`);
    const form = {
      id: 'pledge-0001',
      habits: 'clean-plate',
      building: '8',
      unit: '',
      room: '501',
      people: '',
      consent: 'yes',
    };
    await visitor.post(`${CHAT}/pledge`, form);
    const doors = await site.store.read(({ db }) => db.selectFrom('household').select('area_id').execute());
    expect(doors).toEqual([{ area_id: compounds[1]?.id }]);
  });
});

describe('the same person elsewhere', () => {
  it('gets a code by a press, and whoever sends it has the same pledge', async () => {
    const [phone, tablet] = [visitorOf(site), visitorOf(site)];
    await phone.get(CHAT);
    const form = {
      id: 'pledge-0001',
      habits: 'clean-plate',
      building: '3',
      unit: '2',
      room: '501',
      people: '',
      consent: 'yes',
    };
    await phone.post(`${CHAT}/pledge`, form);
    await phone.post(`${CHAT}/say`, { id: 'client-0002', quick: 'elsewhere' });
    const code = /您的码：<strong>(?<code>[2-9A-Z]{6})</.exec((await phone.get(CHAT)).text)?.groups?.code ?? '';
    expect(code).not.toBe('');
    const shown = await tablet.get(`${CHAT}/join/${code}`);
    expect(shown.text).toContain('是我本人，接上');
    // Looking at the address does nothing: programs that make previews look at all of them.
    expect(await site.store.read(({ db }) => db.selectFrom('person').select('id').execute())).toHaveLength(1);
    const joined = await tablet.post(`${CHAT}/join/${code}`, {});
    expect(joined.headers.get('location')).toBe(`${CHAT}#latest`);
    expect((await tablet.get(CHAT)).text).toContain('接上了');
    expect((await phone.get(CHAT)).text).toContain('也接上了');
    await tablet.post(`${CHAT}/say`, { id: 'client-0003', text: '我家承诺了啥' });
    expect((await tablet.get(CHAT)).text).toContain('3栋2单元501');
    expect(await site.store.read(({ db }) => db.selectFrom('person').select('id').execute())).toHaveLength(1);
  });

  it('is not asked for by another site', async () => {
    const visitor = visitorOf(site);
    await visitor.get(CHAT);
    const foreign = await visitor.post(`${CHAT}/join/K7M2QP`, {}, { origin: 'https://elsewhere.example' });
    expect(foreign.status).toBe(403);
    expect((await visitor.get(`${CHAT}/join/%3Cscript%3E`)).headers.get('location')).toBe(CHAT);
  });
});
