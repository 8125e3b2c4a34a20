import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCodeDoor } from '../../src/features/binding/code-door.ts';
import { allFeatures } from '../../src/joints/all-features.ts';
import { eraseAgain, erasedListIn } from '../../src/joints/erased-list.ts';
import { newKey } from '../../src/lib/encryption.ts';
import { createCodeBook } from '../../src/lib/one-time-code.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { STAGE_COMMUNITY, STAGE_START, type Stage, setStage } from '../support/stage.ts';

let home: string;
let list: string;
const stages: Stage[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lvlin-erased-'));
  list = erasedListIn(home);
});
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close();
  rmSync(home, { recursive: true });
});

async function pledgedStage(): Promise<Stage> {
  const codes = createCodeBook(newKey());
  const stage = await setStage({
    codeGiven: createCodeDoor(codes),
    features: (content) =>
      allFeatures({
        content: () => content,
        render: (...saying) => content.texts.render(...saying),
        codes,
        erasedList: list,
      }),
  });
  stages.push(stage);
  for (const text of ['我家承诺光盘，3-2-1707，四口人', '对']) await stage.hear('lin', text);
  return stage;
}

const rooms = async ({ store }: Stage) =>
  (await store.read((tx) => everythingKept(tx, STAGE_COMMUNITY))).filter(({ text }) => text.includes('1707')).length;

async function idOf({ store }: Stage): Promise<string> {
  return (await store.read(({ db }) => db.selectFrom('person').select('id').executeTakeFirstOrThrow())).id;
}

test('whoever was erased after a backup is erased again when it is taken back, and nobody else', async () => {
  const stage = await pledgedStage();
  const madeAt = stage.clock.now();
  const before = await pledgedStage();
  expect(await eraseAgain(before.store, list, madeAt, madeAt)).toBe(0);
  await stage.hear('lin', '删除我的信息');
  await stage.hear('lin', '对，删掉');
  expect(await rooms(stage)).toBe(0);
  // The records of the backup have their own ids here; the list is told them.
  const line = { person: await idOf(before), at: new Date(STAGE_START.getTime() + 1000).toISOString() };
  appendFileSync(list, `${JSON.stringify(line)}\n{"person":"cut sho`);
  expect(await rooms(before)).toBeGreaterThan(0);
  expect(await eraseAgain(before.store, list, madeAt, madeAt)).toBe(1);
  expect(await rooms(before)).toBe(0);
});

test('what was erased before the backup was made needs no second time', async () => {
  const stage = await pledgedStage();
  await stage.hear('lin', '删除我的信息');
  await stage.hear('lin', '对，删掉');
  const later = new Date(stage.clock.now().getTime() + 1000);
  expect(await eraseAgain(stage.store, list, later, later)).toBe(0);
});

test('the list holds ids and times and nothing else', async () => {
  const stage = await pledgedStage();
  const person = await idOf(stage);
  await stage.hear('lin', '删除我的信息');
  await stage.hear('lin', '对，删掉');
  expect(
    readFileSync(list, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([{ person, at: stage.clock.now().toISOString() }]);
});

test('whoever was joined to another record is written down by both ids, since an older backup holds them apart', async () => {
  const stage = await pledgedStage();
  const [first] = await peopleOf(stage);
  await stage.hear('lin', '换到网页');
  const code = /[2-9A-Z]{6}/.exec(stage.channel.delivered.at(-1)?.message.text ?? '')?.[0] ?? '';
  await stage.hear('wang', '你好');
  const second = (await peopleOf(stage)).find((id) => id !== first);
  await stage.hear('wang', code);
  expect(await peopleOf(stage)).toEqual([first]);
  await stage.hear('wang', '删除我的信息');
  await stage.hear('wang', '对，删掉');
  const lines = readFileSync(list, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).person)).toEqual([first, second]);
  expect(await stage.store.read(({ db }) => db.selectFrom('former_person').selectAll().execute())).toEqual([]);
});

async function peopleOf({ store }: Stage): Promise<string[]> {
  const rows = await store.read(({ db }) => db.selectFrom('person').select('id').orderBy('created_at').execute());
  return rows.map(({ id }) => id);
}
