/** What the account sent in the last day and whether it is restricted, kept in a file: a restart must not forget it. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { atomicJsonAdapter } from '../../lib/atomic-json.ts';
import { DAY_MS, type SendLimits, type SentBefore, type TooMuch, tooMuch, type Wish } from './send-limit-rules.ts';

const Kept = z.object({
  /** Since when it sends nothing until a person says go. */
  restrictedSince: z.iso.datetime().nullable(),
  sent: z.array(z.object({ at: z.number(), chat: z.string() })),
});
type Kept = z.infer<typeof Kept>;

export interface SendLedger {
  readonly restrictedSince: () => Date | null;
  /** `null`: it may go. */
  readonly tooMuch: (wish: Wish, now: Date) => TooMuch | null;
  /** Written before it is sent, so that a crash rather counts one too many. */
  noteSend(chat: string, now: Date): Promise<void>;
  restrict(now: Date): Promise<void>;
  release(): Promise<void>;
}

export interface LedgerOptions {
  readonly folder: string;
  readonly account: string;
  readonly limits: SendLimits;
  readonly now: () => Date;
}

/** Throws where the file is there and cannot be read: who does not know whether the account is restricted sends nothing. */
export async function openSendLedger({ folder, account, limits, now }: LedgerOptions): Promise<SendLedger> {
  const file = join(folder, `wechat-${shortHash(account)}.json`);
  const adapter = atomicJsonAdapter<Kept>(file, { schema: Kept, now });
  let kept: Kept = (await adapter.read()) ?? { restrictedSince: null, sent: [] };

  async function keep(next: Kept): Promise<void> {
    kept = next;
    await adapter.write(next);
  }

  return {
    restrictedSince: () => (kept.restrictedSince === null ? null : new Date(kept.restrictedSince)),
    tooMuch: (wish, at) => tooMuch(kept.sent, { ...wish, chat: shortHash(wish.chat) }, limits, at.getTime()),
    noteSend: (chat, at) =>
      keep({ ...kept, sent: [...recent(kept.sent, at), { at: at.getTime(), chat: shortHash(chat) }] }),
    restrict: (at) => keep({ ...kept, restrictedSince: at.toISOString() }),
    release: () => keep({ ...kept, restrictedSince: null }),
  };
}

function recent(sent: readonly SentBefore[], now: Date): SentBefore[] {
  return sent.filter(({ at }) => at > now.getTime() - DAY_MS);
}

/** Enough to tell a few hundred chats apart; the file holds no ids. */
function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
