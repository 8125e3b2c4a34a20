/** The features of the bot, joined: what each needs of the others is handed over here. */
import type { Content } from '../content/content.ts';
import { createBinding, createBindingHint } from '../features/binding/binding-feature.ts';
import { createBindingKeeper } from '../features/binding/binding-keeper.ts';
import type { RecordJoiner } from '../features/binding/binding-parts.ts';
import { say as sayBinding } from '../features/binding/binding-texts.ts';
import { tellStaff } from '../features/binding/tell-staff.ts';
import { createChainKeeper } from '../features/chains/chain-keeper.ts';
import { createChains } from '../features/chains/chains-feature.ts';
import { joinEntries } from '../features/chains/join-entries.ts';
import { createFrontDesk } from '../features/front-desk/front-desk-feature.ts';
import { deskKeeper } from '../features/front-desk/front-desk-keeper.ts';
import { passOnList } from '../features/front-desk/person.ts';
import { createNotices } from '../features/notices/notices-feature.ts';
import { joinHouseholds } from '../features/pledges/household-joiner.ts';
import { createPledgeKeeper } from '../features/pledges/pledge-keeper.ts';
import { createPledges } from '../features/pledges/pledges-feature.ts';
import { createPrivacy, privacyNotice } from '../features/privacy/privacy-feature.ts';
import type { RecordKeeper } from '../features/privacy/privacy-service.ts';
import { createReadBack } from '../features/read-back/read-back-feature.ts';
import { createTipHint } from '../features/tips/tip-question.ts';
import { createTips } from '../features/tips/tips-feature.ts';
import { eraseSignUps } from '../features/volunteering/sign-up-eraser.ts';
import { joinSignUps } from '../features/volunteering/sign-up-joiner.ts';
import { createVolunteering } from '../features/volunteering/volunteering-feature.ts';
import { createVolunteeringHint } from '../features/volunteering/volunteering-hint.ts';
import { createWasteGuideFeature } from '../features/waste-guide/waste-guide-feature.ts';
import type { CodeBook } from '../lib/one-time-code.ts';
import type { Chat } from '../model/chat.ts';
import type { Community } from '../model/community.ts';
import type { RenderText } from '../model/text.ts';
import type { Feature, Turn } from '../runtime/feature.ts';
import { chainParts, FORGETTING_DESKS } from './chains.ts';
import { erasedListKeeper } from './erased-list.ts';

export interface FeatureParts extends KeeperParts {
  readonly codes: CodeBook;
  /** Absent: a phone can open them. */
  readonly pagesOnlyHere?: boolean;
}

export interface KeeperParts {
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
    createChains({ ...chainParts(parts), passOn: passOnList }),
    createPrivacy({ keepers: recordKeepers(parts), render }),
    createBinding({
      codes: parts.codes,
      render,
      joiners: RECORD_JOINERS,
      joinPath,
      pagesOnlyHere: parts.pagesOnlyHere ?? false,
    }),
    createReadBack({ content, render }),
    createFrontDesk({ content, knows: hints(parts), tellStaff }),
  ];
}

/** Who writes from the page is there already. */
export function joinPath({ channel, communityId }: Chat, code: string): string | null {
  return channel === 'web' ? null : `/c/${communityId}/join/${code}`;
}

/** Everybody whose records have rules of their own when two records of one human become one. */
export const RECORD_JOINERS: readonly RecordJoiner[] = [
  {
    feature: 'pledges',
    join: async (tx, people) => {
      const { leftOtherDoor } = await joinHouseholds(tx, people);
      return { effects: { messages: [] }, notes: leftOtherDoor ? [sayBinding('binding.door-later-wins')] : [] };
    },
  },
  {
    feature: 'volunteering',
    join: async (tx, people, community, now) => ({ effects: await joinSignUps(tx, people, community, now), notes: [] }),
  },
  {
    feature: 'chains',
    join: async (tx, people) => {
      await joinEntries(tx, people);
      return { effects: { messages: [] }, notes: [] };
    },
  },
];

/** Asked in turn what words mean that the desk would give to a person. */
function hints({ content, render }: FeatureParts) {
  const binding = createBindingHint({ render });
  const volunteering = createVolunteeringHint(content);
  const tips = createTipHint(content);
  return async (turn: Turn) => binding(turn) ?? (await volunteering(turn)) ?? tips(turn);
}

/** Everybody who keeps something of a person: asked before one is erased, by the chat and by the office alike. */
export function recordKeepers({ content, render, erasedList }: KeeperParts): readonly RecordKeeper[] {
  return [
    createPledgeKeeper({ habitBook: content, render }),
    { feature: 'volunteering', erase: eraseSignUps },
    createChainKeeper(FORGETTING_DESKS),
    deskKeeper,
    // Before the binding is forgotten: it writes down by which other ids the person was known.
    ...(erasedList === undefined ? [] : [erasedListKeeper(erasedList)]),
    createBindingKeeper({ render }),
  ];
}
