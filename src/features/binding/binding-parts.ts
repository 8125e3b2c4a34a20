/** What binding needs of the rest of the house. */
import type { CodeBook } from '../../lib/one-time-code.ts';
import type { Chat, Person } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import type { RenderText, Saying } from '../../model/text.ts';
import type { Effects } from '../../runtime/feature.ts';
import type { Transaction } from '../../store/store.ts';

/** Of the same community. */
export interface TwoPeople {
  readonly stays: Person;
  readonly goes: Person;
}

/** A feature whose records have rules of their own when two people become one. */
export interface RecordJoiner {
  readonly feature: string;
  readonly join: (tx: Transaction, people: TwoPeople, community: Community, now: Date) => Promise<Joined>;
}

export interface Joined {
  readonly effects: Effects;
  /** What the person is told of it, a line each. */
  readonly notes: readonly Saying[];
}

export interface BindingParts {
  readonly codes: CodeBook;
  readonly render: RenderText;
  readonly joiners: readonly RecordJoiner[];
  /** The residents' page where a code is taken, below the public address; `null` for who writes from there already. */
  readonly joinPath: (chat: Chat, code: string) => string | null;
  /** The pages open on the bot's own computer alone: a link to them leads nowhere on a phone. */
  readonly pagesOnlyHere: boolean;
}
