/** Every feature, joined as in the app: for tests in which they meet. */
import { cautionAbout } from '../../src/features/front-desk/front-desk-service.ts';
import { allFeatures } from '../../src/joints/all-features.ts';
import { openActivityTitles } from '../../src/store/activity-table.ts';
import type { StageParts } from './stage.ts';

export const WHOLE_BOT: StageParts = {
  features: (content) =>
    allFeatures({ content: () => content, render: (...saying) => content.texts.render(...saying) }),
  openActivities: openActivityTitles,
  caution: cautionAbout,
};
