/** Somebody's two chats become one person while both of them are being talked in: nothing is lost and nothing doubled. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCodeDoor } from '../../../src/features/binding/code-door.ts';
import { createActivity } from '../../../src/features/volunteering/activity-service.ts';
import { allFeatures } from '../../../src/joints/all-features.ts';
import { newKey } from '../../../src/lib/encryption.ts';
import { createCodeBook } from '../../../src/lib/one-time-code.ts';
import { forEachStore } from '../../support/for-each-store.ts';
import { type Stage, setStage } from '../../support/stage.ts';
import { WHOLE_BOT } from '../../support/whole-bot.ts';

const codes = createCodeBook(newKey());
const ROUNDS = 12;

forEachStore((openStore) => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await setStage({
      ...WHOLE_BOT,
      features: (content) => allFeatures({ content: () => content, render: content.texts.render, codes }),
      codeGiven: createCodeDoor(codes),
      openStore,
    });
    const at = (time: string) => new Date(`2026-11-21T${time}:00+08:00`);
    const shifts = [{ startsAt: at('09:00'), endsAt: at('11:00'), capacity: 500 }];
    const draft = { title: '南门植树', place: '南门', details: '', risk: '', insured: false, shifts };
    const office = { community: await stage.community(), staffId: 'worker', now: stage.clock.now() };
    await stage.store.write((tx) => createActivity(tx, draft, office));
  });
  afterEach(() => stage.close());

  async function codeFor(speaker: string): Promise<string> {
    await stage.hear(speaker, '换到网页');
    const asked = stage.channel.delivered.filter(({ chat }) => chat.address === `private:${speaker}`).at(-1);
    return /[2-9A-Z]{6}/.exec(asked?.message.text ?? '')?.[0] ?? '';
  }

  describe('in every round', () => {
    it('each pair ends as one person with one sign-up that is counted', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const [one, other] = [`one${round}`, `other${round}`];
        // Whoever has told a door stays, so the record that goes is the one that is being talked to.
        await stage.hear(other, `我家承诺光盘，3-2-${101 + round}`);
        await stage.hear(other, '对');
        const code = await codeFor(one);
        await stage.hear(other, code);
        await Promise.all([
          stage.hear(one, '报名 南门植树'),
          stage.hear(other, '是我要的，接上'),
          stage.hear(one, '大骨头扔哪'),
          stage.hear(one, '你们存了我啥信息'),
        ]);
      }
      const read = await stage.store.read(async ({ db }) => ({
        people: await db.selectFrom('person').select('id').execute(),
        addresses: await db.selectFrom('person_address').select(['address', 'person_id']).execute(),
        signUps: await db.selectFrom('sign_up').select(['person_id', 'party', 'state']).execute(),
        shift: await db.selectFrom('shift').select(['taken', 'waiting']).executeTakeFirstOrThrow(),
      }));
      expect(read.addresses).toHaveLength(2 * ROUNDS);
      expect(read.people).toHaveLength(ROUNDS);
      for (let round = 0; round < ROUNDS; round += 1) {
        const of = (address: string) => read.addresses.find((one) => one.address === address)?.person_id;
        expect(of(`one${round}`)).toBe(of(`other${round}`));
      }
      expect(new Set(read.signUps.map(({ person_id }) => person_id)).size).toBe(ROUNDS);
      expect(read.signUps).toHaveLength(ROUNDS);
      expect(read.signUps.every(({ person_id, state }) => person_id !== null && state === 'joined')).toBe(true);
      expect([read.shift.taken, read.shift.waiting]).toEqual([ROUNDS, 0]);
    });
  });
});
