/** Gives a community its group on the web, so that notices and tips have somewhere to go from the first day. */
import type { Community } from '../model/community.ts';
import type { RenderText } from '../model/text.ts';
import { webGroupAddress } from '../model/web-group.ts';
import { findChat, insertChat } from '../store/chat-table.ts';
import type { Transaction } from '../store/store.ts';
import { say } from './community-texts.ts';

/** Where there is one it is left as it is: the committee may have renamed it. */
export async function ensureWebGroup(
  tx: Transaction,
  community: Community,
  { title, now }: { readonly title: string; readonly now: Date },
): Promise<void> {
  const place = { channel: 'web', account: community.id, address: webGroupAddress(community.id) } as const;
  if ((await findChat(tx, place)) !== null) return;
  await insertChat(tx, {
    ...place,
    communityId: community.id,
    kind: 'group',
    title,
    areaId: null,
    personId: null,
    now,
  });
}

export function webGroupTitle(render: RenderText, { id, locale }: Community): string {
  const { key, variables } = say('web-group.title');
  return render(locale, key, variables, id);
}
