/** Codes played as dialogues on the whole bot: the codes that will be made are known beforehand. */
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { createCodeDoor } from '../../../src/features/binding/code-door.ts';
import { makeCode } from '../../../src/features/binding/code-service.ts';
import { createActivity } from '../../../src/features/volunteering/activity-service.ts';
import { allFeatures } from '../../../src/joints/all-features.ts';
import { newKey } from '../../../src/lib/encryption.ts';
import { type CodeBook, createCodeBook } from '../../../src/lib/one-time-code.ts';
import type { BindingPurpose } from '../../../src/model/binding.ts';
import { listAreas } from '../../../src/store/community-table.ts';
import { insertStaff } from '../../../src/store/staff-table.ts';
import { playDialogues } from '../../support/dialogue.ts';
import type { Stage } from '../../support/stage.ts';
import { WHOLE_BOT } from '../../support/whole-bot.ts';

const CODES = ['K7M2QP', 'R4T6WX', '3DJ9VY'];
const keyed = createCodeBook(newKey());

/** Each stage has the same codes in the same order. */
const codes: CodeBook = { ...keyed, fresh: () => next() };
let taken = 0;
function next(): string {
  const code = CODES[taken % CODES.length] ?? '';
  taken += 1;
  return code;
}

playDialogues(fileURLToPath(new URL('.', import.meta.url)), {
  ...WHOLE_BOT,
  features: (content) => {
    taken = 0;
    return allFeatures({ content: () => content, render: (...saying) => content.texts.render(...saying), codes });
  },
  codeGiven: createCodeDoor(codes),
  commands: { activity, code },
});

/** `code group 3`, `code staff wang`: what a worker makes on the page; prints nothing, the code is the next of the list. */
async function code(stage: Stage, rest: string): Promise<void> {
  const [purpose = '', of = ''] = rest.split(' ');
  const now = stage.clock.now();
  const { communityId } = stage;
  await stage.store.write(async (tx) => {
    const staff = await insertStaff(tx, {
      communityId,
      login: `worker-${taken}`,
      displayName: of,
      role: 'worker',
      passwordIsInitial: false,
      passwordHash: 'none',
      now,
    });
    const areas = await listAreas(tx, communityId);
    const area = areas.find(({ name }) => name === of);
    await makeCode(
      tx,
      codes,
      { communityId, purpose: purposeOf(purpose), areaId: area?.id ?? null, staffId: staff?.id ?? null },
      now,
    );
  });
}

function purposeOf(word: string): BindingPurpose {
  if (word === 'group' || word === 'staff') return word;
  throw new Error(`staff make no codes for ${word}`);
}

/** `activity 南门植树 2026-11-21 limit 1`: on that morning. */
async function activity(stage: Stage, rest: string): Promise<void> {
  const [title = '', day = '', , limit] = rest.split(' ');
  const at = (time: string) => new Date(`${day}T${time}:00+08:00`);
  const shifts = [{ startsAt: at('09:00'), endsAt: at('11:00'), capacity: Number(limit) }];
  const draft = { title, place: '南门', details: '', risk: '', insured: false, shifts };
  const office = { community: await stage.community(), staffId: 'worker', now: stage.clock.now() };
  expect(await stage.store.write((tx) => createActivity(tx, draft, office))).toMatchObject({ ok: true });
}
