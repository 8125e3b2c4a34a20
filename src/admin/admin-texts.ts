/** Every text the pages of the site may say, in one catalogue. */

import type { TextCatalogue } from '../model/text.ts';
import { ACTIVITIES_TEXTS, ACTIVITY_FORM_TEXTS, ATTENDANCE_TEXTS } from './activities/activities-texts.ts';
import { CHAIN_TOOL_TEXTS, CHAINS_PAGE_TEXTS, DOUBT_TEXTS } from './chains/chains-texts.ts';
import { FORWARDING_TEXTS, HAND_GROUP_TEXTS, OWNER_TEXTS, PASTE_TEXTS } from './forwarding/forwarding-texts.ts';
import { NOTICES_PAGE_TEXTS } from './notices/notices-texts.ts';
import { PAGE_TEXTS } from './page-texts.ts';
import { PEOPLE_TEXTS } from './people/people-texts.ts';
import {
  DOOR_LIST_TEXTS,
  DOOR_TEXTS,
  HOUSEHOLD_TEXTS,
  PAPER_TEXTS,
  PLEDGES_AUDIT_TEXTS,
  PLEDGES_PAGE_TEXTS,
} from './pledges/pledges-texts.ts';
import { SAMPLE_TEXTS } from './sample/sample-texts.ts';
import { BINDING_PAGE_TEXTS } from './settings/binding-texts.ts';
import { CHANNEL_PAGE_TEXTS } from './settings/channel-texts.ts';
import { MACHINE_TEXTS } from './settings/machine-texts.ts';
import { MODEL_TEXTS } from './settings/model-texts.ts';
import { SETTINGS_TEXTS } from './settings/settings-texts.ts';
import { STAFF_TEXTS } from './settings/staff-texts.ts';
import { MEANING_TEXTS, WORDS_TEXTS } from './settings/words-texts.ts';
import { SIGN_IN_TEXTS } from './sign-in/sign-in-texts.ts';
import { TODAY_TEXTS } from './today/today-texts.ts';

export const ADMIN_TEXTS = {
  ...ACTIVITIES_TEXTS,
  ...ACTIVITY_FORM_TEXTS,
  ...BINDING_PAGE_TEXTS,
  ...ATTENDANCE_TEXTS,
  ...CHAIN_TOOL_TEXTS,
  ...CHAINS_PAGE_TEXTS,
  ...CHANNEL_PAGE_TEXTS,
  ...DOOR_LIST_TEXTS,
  ...DOOR_TEXTS,
  ...DOUBT_TEXTS,
  ...FORWARDING_TEXTS,
  ...HAND_GROUP_TEXTS,
  ...HOUSEHOLD_TEXTS,
  ...MACHINE_TEXTS,
  ...MODEL_TEXTS,
  ...MEANING_TEXTS,
  ...NOTICES_PAGE_TEXTS,
  ...OWNER_TEXTS,
  ...PAGE_TEXTS,
  ...PAPER_TEXTS,
  ...PASTE_TEXTS,
  ...PEOPLE_TEXTS,
  ...PLEDGES_AUDIT_TEXTS,
  ...PLEDGES_PAGE_TEXTS,
  ...SAMPLE_TEXTS,
  ...SETTINGS_TEXTS,
  ...SIGN_IN_TEXTS,
  ...STAFF_TEXTS,
  ...TODAY_TEXTS,
  ...WORDS_TEXTS,
} as const satisfies TextCatalogue;
