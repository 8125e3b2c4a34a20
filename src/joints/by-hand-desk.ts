/** Forwarding by hand, joined: the folding of channels, the ears of the bot, and WeCom's tasks for owners of groups. */
import type { ByHandDesk } from '../admin/forwarding/by-hand-desk.ts';
import { withoutMarks } from '../channels/folding/bold-text.ts';
import { foldMessage } from '../channels/folding/fold-message.ts';
import { foldWords } from '../channels/folding/folding-texts.ts';
import { createGroupTaskClient } from '../channels/manual/group-task-client.ts';
import { WECOM_API_ROOT, WECOM_API_TIMEOUT_MS } from '../channels/manual/wecom-api.ts';
import type { Config } from '../config.ts';
import type { OwnerDesk } from '../model/owner-task.ts';
import type { RenderText } from '../model/text.ts';

export function byHandDesk(
  { accounts, locale }: Pick<Config, 'accounts' | 'locale'>,
  { render, receive }: { readonly render: RenderText; readonly receive: ByHandDesk['hear'] },
): ByHandDesk {
  return {
    plainText: (message) => withoutMarks(foldMessage(message, foldWords(render, locale))),
    hear: receive,
    owners: ownerDesk(accounts.wecomApp),
  };
}

function ownerDesk(app: Config['accounts']['wecomApp']): OwnerDesk | null {
  if (app === null) return null;
  const { corpId, secret } = app;
  const apiRoot = (app.apiRoot ?? WECOM_API_ROOT).replace(/\/+$/, '');
  return createGroupTaskClient({ corpId, secret, apiRoot, timeoutMs: WECOM_API_TIMEOUT_MS }, () => performance.now());
}
