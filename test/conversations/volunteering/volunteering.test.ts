/** Volunteering played as dialogues on the whole bot. */
import { createFrontDesk } from '../../../src/features/front-desk/front-desk-feature.ts';
import { createVolunteering } from '../../../src/features/volunteering/volunteering-feature.ts';
import { createVolunteeringHint } from '../../../src/features/volunteering/volunteering-hint.ts';
import { openActivityTitles } from '../../../src/store/activity-table.ts';
import { playDialogues } from '../../support/dialogue.ts';
import { VOLUNTEER_COMMANDS } from '../../support/volunteers.ts';

playDialogues(import.meta.dirname, {
  features: (content) => [
    createVolunteering({ content: () => content }),
    createFrontDesk({ content: () => content, knows: createVolunteeringHint(() => content) }),
  ],
  openActivities: openActivityTitles,
  commands: VOLUNTEER_COMMANDS,
});
