/** Every feature, joined as in the app: for tests in which they meet. */
import { createCodeDoor } from '../../src/features/binding/code-door.ts';
import { cautionAbout } from '../../src/features/front-desk/front-desk-service.ts';
import { allFeatures } from '../../src/joints/all-features.ts';
import { newKey } from '../../src/lib/encryption.ts';
import { createCodeBook } from '../../src/lib/one-time-code.ts';
import { openActivityTitles } from '../../src/store/activity-table.ts';
import type { StageParts } from './stage.ts';

const codes = createCodeBook(newKey());

export const WHOLE_BOT: StageParts = {
  features: (content) =>
    allFeatures({ content: () => content, render: (...saying) => content.texts.render(...saying), codes }),
  codeGiven: createCodeDoor(codes),
  openActivities: openActivityTitles,
  caution: cautionAbout,
};
