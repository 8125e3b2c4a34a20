/** Which community a message in a private chat is for, where several know its owner. */
import type { Person } from '../model/chat.ts';
import type { Community } from '../model/community.ts';
import type { Understood } from '../model/understanding.ts';
import { findCommunity } from '../store/community-table.ts';
import type { FoundConversation } from '../store/conversation-table.ts';
import type { Transaction } from '../store/store.ts';
import { answers } from './router.ts';

export interface Matter {
  readonly community: Community;
  /** What this community asked and is not answered yet. */
  readonly conversation: FoundConversation | null;
}

/** A private chat that several communities share. */
export interface Shared {
  /** The community of the chat. */
  readonly home: Community;
  /** What any of them asked there and is not answered yet. */
  readonly open: FoundConversation | null;
  /** Its owner as the others know them. */
  readonly elsewhere: readonly Person[];
}

export interface MatterParts {
  readonly read: (matter: Matter) => Promise<Understood>;
  readonly openActivities: (communityId: string) => Promise<readonly string[]>;
}

/**
 * An answer is for whoever asked, and what names an activity for the community that holds it: reminders and offers of
 * the others come to this chat too. Everything else is for the community of the chat.
 */
export async function whoseMatter(
  tx: Transaction,
  parts: MatterParts,
  { home, open, elsewhere }: Shared,
): Promise<Matter> {
  const asked = await matterIn(tx, open?.communityId ?? home.id, home, open);
  if (open !== null && asked !== null) {
    const { intent } = await parts.read(asked);
    if (intent === 'none' || answers(intent, open)) return asked;
  }
  for (const communityId of [home.id, ...elsewhere.map((person) => person.communityId)]) {
    const matter = await matterIn(tx, communityId, home, open);
    if (matter !== null && (await namesActivity(parts, matter))) return matter;
  }
  return ownMatter(home, open);
}

/** A question of another community stays open, and is none of this one's. */
export function ownMatter(community: Community, open: FoundConversation | null): Matter {
  return { community, conversation: open?.communityId === community.id ? open : null };
}

async function matterIn(
  tx: Transaction,
  communityId: string,
  home: Community,
  open: FoundConversation | null,
): Promise<Matter | null> {
  const community = communityId === home.id ? home : await findCommunity(tx, communityId);
  return community === null ? null : ownMatter(community, open);
}

async function namesActivity({ read, openActivities }: MatterParts, matter: Matter): Promise<boolean> {
  const { activity } = (await read(matter)).slots;
  return activity !== undefined && (await openActivities(matter.community.id)).includes(activity);
}
