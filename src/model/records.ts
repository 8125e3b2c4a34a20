/** The closed lists that records are made of: states, kinds and roles. */

export const AREA_KINDS = ['city', 'district', 'street', 'community', 'compound', 'building'] as const;
export type AreaKind = (typeof AREA_KINDS)[number];

/** `gone`: the bot was removed or the group dissolved; nothing is sent there any more. */
export const CHAT_STATES = ['active', 'gone'] as const;
export type ChatState = (typeof CHAT_STATES)[number];

export const PLEDGE_STATES = ['standing', 'withdrawn'] as const;
export type PledgeState = (typeof PLEDGE_STATES)[number];

export const PLEDGE_CHANGE_KINDS = ['made', 'joined', 'changed', 'withdrawn', 'renewed'] as const;
export type PledgeChangeKind = (typeof PLEDGE_CHANGE_KINDS)[number];

/** `closed` takes no more sign-ups but takes place; `cancelled` does not take place. */
export const ACTIVITY_STATES = ['open', 'closed', 'cancelled'] as const;
export type ActivityState = (typeof ACTIVITY_STATES)[number];

/** `offered`: a place came free and is held for this person until they answer or the offer runs out. */
export const SIGN_UP_STATES = ['joined', 'waiting', 'offered', 'cancelled'] as const;
export type SignUpState = (typeof SIGN_UP_STATES)[number];

export const NOTICE_STATES = ['draft', 'scheduled', 'released', 'taken-back'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** What waits for a person of the committee. */
export const TASK_KINDS = [
  'unknown-waste',
  'question',
  'issue',
  'days-to-confirm',
  'message-failed',
  'message-unsure',
  'group-gone',
  'bot-loop',
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** `admin` runs the community and its staff, `worker` does the daily work, `viewer` only reads. */
export const ROLES = ['admin', 'worker', 'viewer'] as const;
export type Role = (typeof ROLES)[number];
