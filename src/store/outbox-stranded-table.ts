/** Ends what nobody will ever take: its time is over, or its account is gone. What a person forwards is not touched. */
import { sql } from 'kysely';
import { BY_HAND, type ChannelName } from '../model/channel-name.ts';
import { ON_ITS_WAY } from './outbox-table.ts';
import type { Transaction } from './store.ts';

/** Whatever its account: a channel that is away judges nothing. */
export async function expireOverdue(tx: Transaction, now: Date): Promise<void> {
  await tx.db
    .updateTable('outbox')
    .set({ state: 'expired', reason: 'too-late', done_at: now.getTime() })
    .where(ON_ITS_WAY)
    .where('state', '=', 'queued')
    .where('not_after', '<', now.getTime())
    .where('chat_id', 'in', (chats) => chats.selectFrom('chat').select('chat.id').where('chat.channel', '<>', BY_HAND))
    .execute();
}

export interface Served {
  /** This process's own; `*` stands for every account of the channel. */
  readonly accounts: readonly { readonly name: ChannelName; readonly account: string }[];
  /** Before the channel and the account in the name of the lease under which a process serves it. */
  readonly leasePrefix: string;
}

/** What has been due since `before` to accounts that nobody has served since; returns how many. */
export async function refuseUnserved(tx: Transaction, served: Served, before: Date, now: Date): Promise<number> {
  const { numUpdatedRows } = await tx.db
    .updateTable('outbox')
    .set({ state: 'refused', reason: 'account-gone', done_at: now.getTime() })
    .where(ON_ITS_WAY)
    .where('state', '=', 'queued')
    .where('run_at', '<', before.getTime())
    .where('chat_id', 'in', (chats) => {
      let unserved = chats
        .selectFrom('chat')
        .select('chat.id')
        .where('chat.channel', '<>', BY_HAND)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('lease')
                .select('lease.name')
                .where('lease.name', '=', sql<string>`${served.leasePrefix} || chat.channel || ':' || chat.account`)
                .where('lease.expires_at', '>', before.getTime()),
            ),
          ),
        );
      for (const { name, account } of served.accounts) {
        unserved = unserved.where(({ eb, or }) =>
          or([eb('chat.channel', '<>', name), ...(account === '*' ? [] : [eb('chat.account', '<>', account)])]),
        );
      }
      return unserved;
    })
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
