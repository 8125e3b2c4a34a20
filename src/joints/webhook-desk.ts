/** Webhook robots, added and taken away while the bot runs. Whether one works is only seen when it speaks. */
import type { ChannelDesk } from '../admin/channel-desk.ts';
import { readWebhooks, type Webhook } from '../channel-setting-list.ts';
import { webhookAccount } from '../channels/wecom/webhook-channel.ts';
import { isWebhookUrl } from '../channels/wecom/webhook-check.ts';
import type { Config } from '../config.ts';
import type { Saved } from '../settings-file.ts';
import { type ChannelDeskParts, NO_ACCOUNTS } from './channel-desk-parts.ts';
import { changeForGood, fixedBy, readOrNull } from './settings-keeping.ts';

type InTurn = <R>(work: () => Promise<R>) => Promise<R>;

export function webhookDesk(
  config: Config,
  parts: ChannelDeskParts,
  inTurn: InTurn,
): Pick<ChannelDesk, 'webhooksFixedBy' | 'addWebhook' | 'removeWebhook'> {
  const fixed = fixedBy(config, 'WECOM_WEBHOOKS');
  return {
    webhooksFixedBy: fixed,
    addWebhook: (name, url, communityId) =>
      inTurn(async () => {
        if (fixed !== null) return 'fixed';
        const saved = await readOrNull(parts.file);
        if (saved === null) return 'unreadable';
        const before = webhooksIn(saved);
        if (before.some((one) => one.name === name)) return 'name-taken';
        const list = listOf([...before, { name, url }]);
        if (!isWebhookUrl(url) || readWebhooks(list)?.length !== before.length + 1) return 'malformed';
        const then = config.accountsIf(await parts.file.change({ wecomWebhooks: list }));
        await parts.openGroup({ name, url }, communityId);
        const added = then.webhooks.filter((one) => one.name === name);
        for (const channel of await parts.channelsOf({ ...NO_ACCOUNTS, webhooks: added }))
          await parts.bot().channels.put(channel);
        return 'added';
      }),
    removeWebhook: (name) =>
      inTurn(async () => {
        const saved = fixed === null ? await readOrNull(parts.file) : null;
        const rest = webhooksIn(saved ?? {}).filter((one) => one.name !== name);
        if (saved === null || rest.length === webhooksIn(saved).length) return false;
        await changeForGood(parts.file, { wecomWebhooks: rest.length === 0 ? null : listOf(rest) });
        await parts.bot().channels.remove('wecom', webhookAccount(name));
        await parts.closeGroup(name);
        return true;
      }),
  };
}

function webhooksIn({ wecomWebhooks }: Saved): Webhook[] {
  return typeof wecomWebhooks === 'string' ? (readWebhooks(wecomWebhooks) ?? []) : [];
}

function listOf(webhooks: readonly Webhook[]): string {
  return webhooks.map(({ name, url }) => `${name}=${url}`).join(',');
}
