/** What comes with a code for another place: a link only where it can be opened. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBinding } from '../../../src/features/binding/binding-feature.ts';
import { joinPath } from '../../../src/joints/all-features.ts';
import { newKey } from '../../../src/lib/encryption.ts';
import { createCodeBook } from '../../../src/lib/one-time-code.ts';
import type { ChannelName } from '../../../src/model/channel-name.ts';
import { insertChat, insertPerson } from '../../../src/store/chat-table.ts';
import { type Office, openOffice } from '../../support/office-stage.ts';
import { STAGE_COMMUNITY, STAGE_START } from '../../support/stage.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

/** What somebody who writes there is told on 换到网页. */
async function asked(channel: ChannelName, pagesOnlyHere: boolean) {
  const { community, content } = office;
  const codes = createCodeBook(newKey());
  const binding = createBinding({ codes, render: content.texts.render, joiners: [], joinPath, pagesOnlyHere });
  const from = { channel, account: 'a', address: 'lin' };
  const outcome = await office.write(async (tx) => {
    const person = await insertPerson(tx, { communityId: STAGE_COMMUNITY, from, now: STAGE_START });
    const own = { kind: 'direct', title: null, areaId: null, personId: person.id } as const;
    const chat = await insertChat(tx, { ...from, ...own, communityId: STAGE_COMMUNITY, now: STAGE_START });
    const understood = { intent: 'code.ask', slots: {} } as const;
    const turn = { tx, now: STAGE_START, community, chat, person, understood, text: '换到网页', addressed: true };
    return binding.act({ ...turn, conversation: null });
  });
  const [message] = outcome.messages;
  return message?.said;
}

test('a code comes with a link to the page where a phone can open it', async () => {
  const said = await asked('telegram', false);
  expect(said?.key).toBe('binding.code');
  expect(said?.link?.path).toMatch(/\/join\/[A-Z0-9]{6}$/);
});

test('no link leads to the phone itself: it is said where the code is to be typed', async () => {
  const said = await asked('telegram', true);
  expect(said).toMatchObject({ key: 'binding.code-only-here' });
  expect(said).not.toHaveProperty('link');
});

test.each([true, false])('who writes from the page is there already (pages only here: %s)', async (pagesOnlyHere) => {
  const said = await asked('web', pagesOnlyHere);
  expect(said?.key).toBe('binding.code');
  expect(said).not.toHaveProperty('link');
});
