/** One-time codes: made for a page or a chat, found again, and nobody tries them through. */
import type { CodeBook } from '../../lib/one-time-code.ts';
import { type BindingCode, CODE_GOOD_FOR_MS } from '../../model/binding.ts';
import { type AttemptLimit, forgetAttemptAt, forgetAttempts, takeAttempt } from '../../store/attempt-table.ts';
import { findBindingCode, insertBindingCode } from '../../store/binding-code-table.ts';
import type { Address } from '../../store/chat-table.ts';
import type { Transaction } from '../../store/store.ts';

export interface MadeCode {
  /** To be shown once: only its hash is kept. */
  readonly code: string;
  readonly record: BindingCode;
}

export type CodeWish = Pick<BindingCode, 'communityId' | 'purpose'> &
  Partial<Pick<BindingCode, 'areaId' | 'staffId' | 'personId' | 'chatId'>>;

export async function makeCode(tx: Transaction, codes: CodeBook, wish: CodeWish, now: Date): Promise<MadeCode> {
  const expiresAt = new Date(now.getTime() + CODE_GOOD_FOR_MS[wish.purpose]);
  // 400 million there are: that one is on its way already happens once in a lifetime.
  for (;;) {
    const code = codes.fresh();
    const record = await insertBindingCode(tx, { ...wish, hash: codes.hash(code), expiresAt, now });
    if (record !== null) return { code, record };
  }
}

const MINUTE_MS = 60_000;
// A slip of the finger or two, and again after putting the glasses on.
const WRONG_OF_SENDER = { most: 6, withinMs: 15 * MINUTE_MS };
// However many senders somebody makes up: with 50 codes open, one in 8,000 hours would hit.
const WRONG_OF_ACCOUNT = { most: 1_000, withinMs: 60 * MINUTE_MS };

/**
 * The code somebody sent, used and expired ones too; `null` where there is none such. Each try is booked before it is
 * looked up, and one that was right is none; after too many nothing is looked up for a while.
 */
export async function tryCode(
  tx: Transaction,
  codes: CodeBook,
  sent: { readonly code: string; readonly from: Address },
  now: Date,
): Promise<BindingCode | 'too-many' | null> {
  const limits = limitsOf(codes, sent.from);
  if (!(await takeAttempt(tx, limits, now))) return 'too-many';
  const found = await findBindingCode(tx, codes.hash(sent.code));
  if (found === null) return null;
  const [ofSender, ofAccount] = limits;
  await forgetAttempts(tx, [ofSender.key]);
  // The wrong ones of the others stay booked.
  await forgetAttemptAt(tx, ofAccount.key, now);
  return found;
}

function limitsOf(codes: CodeBook, { channel, account, address }: Address): readonly [AttemptLimit, AttemptLimit] {
  return [
    { key: codes.hash(`tries|${channel}|${account}|${address}`), ...WRONG_OF_SENDER },
    { key: codes.hash(`tries|${channel}|${account}`), ...WRONG_OF_ACCOUNT },
  ];
}
