/** All pages of settings. */
import { ACCOUNT_ROUTES } from './account-page.ts';
import { AREA_FILE_ROUTES } from './area-file-page.ts';
import { AREA_ROUTES } from './areas-page.ts';
import { AUDIT_ROUTES } from './audit-page.ts';
import { CHANNEL_WIZARD_ROUTES } from './channel-wizard-page.ts';
import { CHANNELS_ROUTES } from './channels-page.ts';
import { COMMUNITY_ROUTES } from './community-page.ts';
import { DAYS_ROUTES } from './days-page.ts';
import { ENTRANCE_ROUTES } from './entrances-page.ts';
import { GROUP_CODE_ROUTES } from './group-code-page.ts';
import { GROUP_ROUTES } from './groups-page.ts';
import { HAND_GROUP_ROUTES } from './hand-group-page.ts';
import { HOURS_ROUTES } from './hours-page.ts';
import { MACHINE_ROUTES } from './machine-page.ts';
import { MODEL_ROUTES } from './model-page.ts';
import { SETTINGS_INDEX_ROUTES } from './settings-page.ts';
import { STAFF_CHAT_ROUTES } from './staff-chat-page.ts';
import { STAFF_ROUTES } from './staff-page.ts';
import { TIP_SETTINGS_ROUTES } from './tips-page.ts';
import { WEBHOOKS_ROUTES } from './webhooks-page.ts';
import { WORDS_ROUTES } from './words-page.ts';

export const SETTINGS_ROUTES = [
  ...SETTINGS_INDEX_ROUTES,
  ...COMMUNITY_ROUTES,
  ...AREA_ROUTES,
  ...AREA_FILE_ROUTES,
  ...GROUP_ROUTES,
  ...GROUP_CODE_ROUTES,
  ...HAND_GROUP_ROUTES,
  ...ENTRANCE_ROUTES,
  ...TIP_SETTINGS_ROUTES,
  ...HOURS_ROUTES,
  ...DAYS_ROUTES,
  ...STAFF_ROUTES,
  ...ACCOUNT_ROUTES,
  ...STAFF_CHAT_ROUTES,
  ...AUDIT_ROUTES,
  ...MACHINE_ROUTES,
  ...MODEL_ROUTES,
  ...CHANNELS_ROUTES,
  ...CHANNEL_WIZARD_ROUTES,
  ...WEBHOOKS_ROUTES,
  ...WORDS_ROUTES,
];
