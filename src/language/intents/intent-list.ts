/** All intents. A new one is written in the file of its family, or in a file of its own that is joined here. */
import type { IntentReader } from '../evidence.ts';
import { ANSWER_INTENTS } from './answer-intents.ts';
import { CHAIN_INTENTS } from './chain-intents.ts';
import { CHECK_IN_INTENTS } from './check-in-intents.ts';
import { CONFIRM_INTENTS } from './confirm-intents.ts';
import { FRONT_DESK_INTENTS } from './front-desk-intents.ts';
import { ISSUE_INTENTS } from './issue-intents.ts';
import { MESSAGE_INTENTS } from './message-intents.ts';
import { PLEDGE_INTENTS } from './pledge-intents.ts';
import { PRIVACY_INTENTS } from './privacy-intents.ts';
import { SIGN_UP_INTENTS } from './sign-up-intents.ts';
import { STAFF_INTENTS } from './staff-intents.ts';
import { WASTE_INTENTS } from './waste-intents.ts';

export const INTENT_READERS: readonly IntentReader[] = [
  ...ANSWER_INTENTS,
  ...CONFIRM_INTENTS,
  ...CHAIN_INTENTS,
  ...PLEDGE_INTENTS,
  ...CHECK_IN_INTENTS,
  ...SIGN_UP_INTENTS,
  ...WASTE_INTENTS,
  ...MESSAGE_INTENTS,
  ...PRIVACY_INTENTS,
  ...ISSUE_INTENTS,
  ...FRONT_DESK_INTENTS,
  ...STAFF_INTENTS,
];
