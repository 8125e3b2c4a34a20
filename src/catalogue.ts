/** Every text the bot can say: what the features, the pages and the command line each list, in one catalogue. */
import { ADMIN_TEXTS } from './admin/admin-texts.ts';
import { FOLDING_TEXTS } from './channels/folding/folding-texts.ts';
import { RESIDENTS_PAGE_TEXTS } from './channels/web/residents-page-texts.ts';
import { SIMULATOR_TEXTS } from './channels/web/simulator-texts.ts';
import { WECOM_TEXTS } from './channels/wecom/wecom-texts.ts';
import { COMMAND_TEXTS } from './commands/command-texts.ts';
import { SHEET_TEXTS } from './commands/export/sheet-texts.ts';
import { COMMUNITY_TEXTS } from './community/community-texts.ts';
import { BINDING_TEXTS } from './features/binding/binding-texts.ts';
import { CHAINS_TEXTS } from './features/chains/chains-texts.ts';
import { FRONT_DESK_TEXTS } from './features/front-desk/front-desk-texts.ts';
import { NOTICES_TEXTS } from './features/notices/notices-texts.ts';
import { PLEDGES_TEXTS } from './features/pledges/pledges-texts.ts';
import { PRIVACY_TEXTS } from './features/privacy/privacy-texts.ts';
import { READ_BACK_TEXTS } from './features/read-back/read-back-texts.ts';
import { TIPS_TEXTS } from './features/tips/tips-texts.ts';
import { VOLUNTEERING_TEXTS } from './features/volunteering/volunteering-texts.ts';
import { WASTE_GUIDE_TEXTS } from './features/waste-guide/waste-guide-texts.ts';
import { CHANNEL_TEXTS } from './joints/channel-words.ts';
import type { TextCatalogue } from './model/text.ts';
import { LOOP_TEXTS } from './runtime/loop-texts.ts';
import { RUNTIME_TEXTS } from './runtime/runtime-texts.ts';

export const allTexts: TextCatalogue = {
  ...ADMIN_TEXTS,
  ...BINDING_TEXTS,
  ...CHAINS_TEXTS,
  ...CHANNEL_TEXTS,
  ...COMMAND_TEXTS,
  ...COMMUNITY_TEXTS,
  ...FOLDING_TEXTS,
  ...FRONT_DESK_TEXTS,
  ...LOOP_TEXTS,
  ...NOTICES_TEXTS,
  ...PLEDGES_TEXTS,
  ...PRIVACY_TEXTS,
  ...READ_BACK_TEXTS,
  ...RESIDENTS_PAGE_TEXTS,
  ...RUNTIME_TEXTS,
  ...SHEET_TEXTS,
  ...SIMULATOR_TEXTS,
  ...TIPS_TEXTS,
  ...VOLUNTEERING_TEXTS,
  ...WASTE_GUIDE_TEXTS,
  ...WECOM_TEXTS,
};
