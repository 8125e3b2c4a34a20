/** What a feature is: an island that acts on what people mean, inside one transaction, and says what is to be sent. */
import type { z } from 'zod';
import type { Chat, Person } from '../model/chat.ts';
import type { Community } from '../model/community.ts';
import type { Inbound } from '../model/inbound.ts';
import type { Outgoing } from '../model/outgoing.ts';
import type { Schedule } from '../model/schedule.ts';
import type { TextCatalogue } from '../model/text.ts';
import type { IntentName, OpenQuestion, Understood } from '../model/understanding.ts';
import type { Transaction } from '../store/store.ts';

export interface Feature {
  readonly name: string;
  /** What it acts on. Each intent has one feature; answers to an open question go to the feature that asked. */
  readonly intents: readonly IntentName[];
  /** Every text it may say, with its variables; checked against prompts/. */
  readonly texts: TextCatalogue;
  act(turn: Turn): Promise<Outcome>;
  /**
   * Somebody has an open question of this feature and said what nobody understands: ask it again, in other words.
   * `null`: it is of no use any more. The question stays open either way, unless the outcome says otherwise.
   */
  unclear?(turn: Turn): Promise<Outcome | null>;
  /** A model thinks that this was meant: says it back and asks. `null`: that is not for anybody to be asked here. */
  offer?(turn: Turn, meant: Understood): Promise<Outcome | null>;
  /** What goes before every other meaning a message may have, whoever sent it and wherever: danger. */
  hearsFirst?(inbound: Pick<Inbound, 'chat' | 'text' | 'mentioned' | 'chain'>): Understood | null;
  /**
   * What a message means because of what was said in this chat before; asked before its words are read. Most messages
   * mean nothing of the kind, so this is to be told at a glance.
   */
  hearsHere?(heard: HeardHere): Promise<Understood | null>;
  /** Words that mean the same to this feature whatever question is open, so that no other asks again because of them. */
  standsAlone?(text: string): boolean;
  /** What a community's schedule holds for this feature; kept in step at start and when settings change. */
  readonly schedules?: (community: Community) => readonly FeatureSchedule[];
  /** What happens at a due slot of a schedule of these kinds. */
  readonly jobs?: Readonly<Record<string, (due: DueSlot) => Promise<Effects>>>;
}

/** A message of a chat that is known, before it is understood. */
export interface HeardHere {
  readonly tx: Transaction;
  readonly now: Date;
  readonly community: Community;
  readonly chat: Chat;
  readonly inbound: Inbound;
}

export interface FeatureSchedule extends Pick<Schedule, 'cron' | 'policy' | 'maxLateMs'> {
  /** The job that runs; a feature has one schedule of a kind for each community. */
  readonly kind: string;
  /** Absent: it is. */
  readonly enabled?: boolean;
}

/** One message of one person, understood, in its transaction. Nothing here waits for a network. */
export interface Turn {
  readonly tx: Transaction;
  readonly now: Date;
  readonly community: Community;
  readonly chat: Chat;
  readonly person: Person;
  /** The same human as other communities know them, by the address this came from. Absent: none does. */
  readonly elsewhere?: readonly Person[];
  readonly understood: Understood;
  /** As typed, cleaned (lib/text.ts). */
  readonly text: string;
  /** As the platform told it. Absent: nobody wrote it just now. */
  readonly inbound?: Pick<Inbound, 'sender' | 'at' | 'chain'>;
  /** Private, or spoken to by name: an answer is owed. */
  readonly addressed: boolean;
  /** Another feature's question is open and was asked again, and still there is no answer to it. */
  readonly askedInVain?: boolean;
  /** The question this feature asked this person in this chat and that is still open. */
  readonly conversation: Conversation | null;
}

export interface Conversation {
  readonly step: string;
  /** Of the shape of `answers`; a feature reads older ones or lets the question go. */
  readonly version: number;
  readonly question: OpenQuestion | null;
  /** Parse before use. */
  readonly answers: unknown;
}

/** What follows from a change besides the records: messages to send, questions opened for other people. */
export interface Effects {
  readonly messages: readonly Outgoing[];
  readonly askOthers?: readonly OtherAsk[];
}

export interface Outcome extends Effects {
  /** The next question. Absent: an open question of this feature stays open. `null`: it is settled. */
  readonly ask?: Ask | null;
  /** What the person turned out to mean: the feature for it acts in the same turn, after this one. */
  readonly readAs?: Understood;
  /** The words it was meant with, where they were said before; they were said to the bot. */
  readonly readFrom?: string;
  /** Nobody knows what was meant; nothing has been written. */
  readonly isUnclear?: boolean;
}

export interface Ask {
  readonly step: string;
  readonly version: number;
  readonly question: OpenQuestion;
  readonly answers: z.core.util.JSONType;
  /** After this the question is forgotten; a day unless said otherwise. */
  readonly openForMs?: number;
}

/** A question to somebody else, e.g. to the next on a waiting list. */
export interface OtherAsk extends Ask {
  readonly chatId: string;
  readonly personId: string;
  /** The person's, where it is not the one that acts. */
  readonly communityId?: string;
  /** Who gets the answer, where it is not the feature that acts: an erasure frees a place, and sign-ups ask the next. */
  readonly feature?: string;
}

export interface DueSlot {
  readonly tx: Transaction;
  readonly now: Date;
  readonly community: Community;
  readonly scheduleId: string;
  /** The moment it was due; `now` may be later. */
  readonly slot: Date;
}
