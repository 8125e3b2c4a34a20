/** A message that WeCom puts before the owner of a customer group: what becomes of it, and why WeCom would not have it. */

/** Each has a sentence for the worker. */
export const OWNER_TROUBLES = [
  'unreachable',
  'busy',
  'too-often',
  'wrong-credentials',
  'untrusted-address',
  'not-permitted',
  'unknown-owner',
  'not-a-customer-group',
  'too-long',
  'not-taken',
] as const;

/** `number` is WeCom's own, for whoever is asked for help. */
export interface OwnerTrouble {
  readonly code: (typeof OWNER_TROUBLES)[number];
  readonly number: number | null;
}

export interface OwnerRefusal {
  readonly ok: false;
  readonly why: OwnerTrouble;
  /** No answer came: it may have been carried out. */
  readonly mayBeDone: boolean;
}

export interface OwnerAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What is handed over: who is to send it to which group, by their ids in WeCom. */
export interface OwnerWish {
  readonly owner: string;
  readonly chat: string;
  readonly text: string;
  readonly attachment: OwnerAttachment | null;
}

/** `waiting`: the owner has not tapped yet. `held-back`: the group has had its share of such messages. */
export type OwnerResult =
  | { readonly state: 'waiting' }
  | { readonly state: 'sent'; readonly at: Date }
  | { readonly state: 'held-back' };

export interface OwnerDesk {
  handOver(wish: OwnerWish): Promise<{ readonly ok: true; readonly taskId: string } | OwnerRefusal>;
  remind(taskId: string): Promise<{ readonly ok: true } | OwnerRefusal>;
  resultOf(
    task: Pick<OwnerWish, 'owner' | 'chat'> & { readonly taskId: string },
  ): Promise<{ readonly ok: true; readonly result: OwnerResult } | OwnerRefusal>;
}
