/** Lets the committee's site take notices back, over whichever channel brought them. */
import type { RecallDesk } from '../admin/admin-parts.ts';
import type { Channel } from '../channels/channel.ts';
import type { ChannelName } from '../model/channel-name.ts';

export function recallDesk(find: (name: ChannelName, account: string) => Channel | null): RecallDesk {
  return {
    within: ({ channel, account }) => find(channel, account)?.can.recallWithinMs ?? null,
    take: async ({ channel, account, address, kind, receipt }) =>
      (await find(channel, account)?.recall?.({ address, kind }, receipt)) ?? false,
  };
}
