/** A message on its way out: its kind decides who goes first, what holds it back and what doubt means. */

import type { Community } from './community.ts';
import type { Attachment } from './message.ts';
import type { Saying } from './text.ts';

/** Ordered by urgency: a person who asked is answered before anyone is reminded, informed or advised. */
export const OUTGOING_KINDS = ['reply', 'reminder', 'notice', 'tip'] as const;
export type OutgoingKind = (typeof OUTGOING_KINDS)[number];

/** `sending` belongs to one process; `unknown` means that it may have arrived and a person decides. */
export const FATES = ['queued', 'sending', 'sent', 'refused', 'expired', 'unknown'] as const;
export type Fate = (typeof FATES)[number];

/** A label to tap; tapping is the same as typing `say` (or the label, where `say` is absent). */
export interface SaidChoice {
  readonly label: Saying | string;
  readonly say?: Saying | string;
}

/** What is to be said, before a language and a wording are chosen. */
export interface Said extends Saying {
  readonly choices?: readonly SaidChoice[];
  /** The numbered list of the text once more, for platforms on which several can be ticked. */
  readonly ballot?: readonly SaidChoice[];
  /** A page of ours, as a path below the public address. */
  readonly link?: { readonly label: Saying; readonly path: string };
  readonly attachment?: Attachment;
}

/**
 * Whom it is for: the chat the message came from, the same person in private (where the channel can),
 * another chat, or another person wherever they can be reached in private.
 */
export type Recipient = 'here' | 'in-private' | { readonly chatId: string } | { readonly personId: string };

/** How a reply is told in a group where several people are answered at once. */
export interface Gathering {
  /** Its variable `count` is how many this one adds: replies that differ in nothing else are added up. */
  readonly said: Saying;
  /** What is counted, each once: the id of a household or a person. */
  readonly of: string;
  /** What the person hears in private then, where the bot may speak there; absent where nothing is lost. */
  readonly alone?: Said;
}

export interface Outgoing {
  readonly to: Recipient;
  /**
   * The community that says it, where it is not the one that acts; `'all'`: every one that knows the person. Somebody
   * known in several is told in private which of them speaks, but for what all of them say.
   */
  readonly from?: Community | 'all';
  readonly said: Said;
  /** `reply` unless said otherwise. */
  readonly kind?: OutgoingKind;
  /** Not before. */
  readonly runAt?: Date;
  /** Never after. */
  readonly notAfter?: Date;
  /** Of several waiting with the same key in one chat only the newest is sent. */
  readonly collapseKey?: string;
  /** Passes quiet hours and caps; the reason is in the audit log. */
  readonly urgent?: boolean;
  /** Absent: gathered with others, its own words are one line among theirs. */
  readonly gathering?: Gathering;
  /** The record it belongs to, e.g. a notice, so that its fate can be shown. */
  readonly subjectId?: string;
}
