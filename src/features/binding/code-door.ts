/** Sees a code before anything else of a message is known: it says which community the message is for. */
import { type CodeBook, readOneTimeCode } from '../../lib/one-time-code.ts';
import type { BindingCode } from '../../model/binding.ts';
import type { Inbound } from '../../model/inbound.ts';
import type { Understood } from '../../model/understanding.ts';
import { findCommunity } from '../../store/community-table.ts';
import type { Transaction } from '../../store/store.ts';
import { tryCode } from './code-service.ts';

/** The community that newcomers with this code belong to, and what they said. */
export interface CodeGiven {
  readonly communityId: string | null;
  /** In a private chat of another community, too, it is this one that is spoken to. */
  readonly overrulesChat: boolean;
  readonly understood: Understood;
}

export type CodeDoor = (tx: Transaction, inbound: Inbound, now: Date) => Promise<CodeGiven | null> | null;

/** Who tried so often is told to wait, whether this one is right or not. */
export const TOO_MANY = { intent: 'code.give', slots: { topic: 'too-many' } } as const satisfies Understood;

/** What neighbours write to each other in a group is not looked at. */
export function createCodeDoor(codes: CodeBook): CodeDoor {
  return (tx, inbound, now) => {
    if (inbound.understood !== undefined || (inbound.chat.kind === 'group' && !inbound.mentioned)) return null;
    const code = readOneTimeCode(inbound.text);
    return code === null ? null : meet(tx, codes, inbound, code, now);
  };
}

async function meet(
  tx: Transaction,
  codes: CodeBook,
  { channel, account, sender }: Inbound,
  code: string,
  now: Date,
): Promise<CodeGiven | null> {
  const from = { channel, account, address: sender.address };
  const found = await tryCode(tx, codes, { code, from }, now);
  if (found === null) return null;
  if (found === 'too-many') return { communityId: null, overrulesChat: false, understood: TOO_MANY };
  const overrulesChat = isGood(found, now) && !(await isOfOneCommunity(tx, account));
  return { communityId: found.communityId, overrulesChat, understood: { intent: 'code.give', slots: { text: code } } };
}

function isGood({ purpose, usedAt, expiresAt }: BindingCode, now: Date): boolean {
  return purpose !== 'group' && usedAt === null && expiresAt > now;
}

/** The pages of a community are nobody else's. */
async function isOfOneCommunity(tx: Transaction, account: string): Promise<boolean> {
  return (await findCommunity(tx, account)) !== null;
}
