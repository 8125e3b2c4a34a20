/** The features of the bot, joined: what each needs of the others is handed over here. */
import type { Content } from '../content/content.ts';
import { createFrontDesk } from '../features/front-desk/front-desk-feature.ts';
import { deskKeeper } from '../features/front-desk/front-desk-keeper.ts';
import { createNotices } from '../features/notices/notices-feature.ts';
import { createPledgeKeeper } from '../features/pledges/pledge-keeper.ts';
import { createPledges } from '../features/pledges/pledges-feature.ts';
import { createPrivacy, privacyNotice } from '../features/privacy/privacy-feature.ts';
import type { RecordKeeper } from '../features/privacy/privacy-service.ts';
import { createTips } from '../features/tips/tips-feature.ts';
import { eraseSignUps } from '../features/volunteering/sign-up-eraser.ts';
import { createVolunteering } from '../features/volunteering/volunteering-feature.ts';
import { createVolunteeringHint } from '../features/volunteering/volunteering-hint.ts';
import { createWasteGuideFeature } from '../features/waste-guide/waste-guide-feature.ts';
import type { Community } from '../model/community.ts';
import type { RenderText } from '../model/text.ts';
import type { Feature } from '../runtime/feature.ts';
import { erasedListKeeper } from './erased-list.ts';

export interface FeatureParts {
  /** The last good set: texts and tables are taken over while the bot runs. */
  readonly content: () => Content;
  readonly render: RenderText;
  /** Where it is written down who was erased; absent: nowhere. */
  readonly erasedList?: string;
}

export function allFeatures(parts: FeatureParts): readonly Feature[] {
  const { content, render } = parts;
  const formPath = ({ id }: Community) => `/c/${id}/pledge`;
  const pledges = { habitBook: content, render, privacyNotice, formPath };
  return [
    createPledges(pledges),
    createVolunteering({ content }),
    createWasteGuideFeature({ content }),
    createTips({ content }),
    createNotices(),
    createPrivacy({ keepers: recordKeepers(parts), render }),
    createFrontDesk({ content, knows: createVolunteeringHint(content) }),
  ];
}

/** Everybody who keeps something of a person: asked before one is erased, by the chat and by the office alike. */
export function recordKeepers({ content, render, erasedList }: FeatureParts): readonly RecordKeeper[] {
  return [
    createPledgeKeeper({ habitBook: content, render }),
    { feature: 'volunteering', erase: eraseSignUps },
    deskKeeper,
    ...(erasedList === undefined ? [] : [erasedListKeeper(erasedList)]),
  ];
}
