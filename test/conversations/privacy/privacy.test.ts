/** One's own data played as dialogues on the whole bot, with the features that keep some of it. */
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { createFrontDesk } from '../../../src/features/front-desk/front-desk-feature.ts';
import { createPledgeKeeper } from '../../../src/features/pledges/pledge-keeper.ts';
import { createPledges } from '../../../src/features/pledges/pledges-feature.ts';
import { createPrivacy, privacyNotice } from '../../../src/features/privacy/privacy-feature.ts';
import { createActivity } from '../../../src/features/volunteering/activity-service.ts';
import { eraseSignUps } from '../../../src/features/volunteering/sign-up-eraser.ts';
import { createVolunteering } from '../../../src/features/volunteering/volunteering-feature.ts';
import { openActivityTitles } from '../../../src/store/activity-table.ts';
import { playDialogues } from '../../support/dialogue.ts';
import type { Stage } from '../../support/stage.ts';

playDialogues(fileURLToPath(new URL('.', import.meta.url)), {
  features: (content) => {
    const parts = { habitBook: () => content, render: content.texts.render, privacyNotice };
    const keepers = [createPledgeKeeper(parts), { feature: 'volunteering', erase: eraseSignUps }];
    return [
      createFrontDesk({ content: () => content, knows: async () => null }),
      createPledges(parts),
      createVolunteering({ content: () => content }),
      createPrivacy({ keepers, render: parts.render }),
    ];
  },
  openActivities: openActivityTitles,
  commands: { activity },
});

/** `activity 南门植树 2026-11-21 limit 1`: on that morning. */
async function activity(stage: Stage, rest: string): Promise<void> {
  const [title = '', day = '', , limit] = rest.split(' ');
  const at = (time: string) => new Date(`${day}T${time}:00+08:00`);
  const shifts = [{ startsAt: at('09:00'), endsAt: at('11:00'), capacity: Number(limit) }];
  const draft = { title, place: '南门', details: '', risk: '', insured: false, shifts };
  const office = { community: await stage.community(), staffId: 'worker', now: stage.clock.now() };
  expect(await stage.store.write((tx) => createActivity(tx, draft, office))).toMatchObject({ ok: true });
}
