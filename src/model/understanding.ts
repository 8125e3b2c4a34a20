/** What people can mean: the closed list of intents, the slots each may carry, and what is known when a message is read. */
import { z } from 'zod';
import { TaughtWord } from './own-word.ts';

export const INTENTS = [
  'pledge.make',
  'pledge.change',
  'pledge.withdraw',
  'pledge.show',
  'check-in',
  'sign-up.join',
  'sign-up.cancel',
  'sign-up.list',
  'chain',
  'waste.ask',
  'tip.ask',
  'messages.stop',
  'messages.resume',
  'notice.acknowledge',
  'quiz.answer',
  'choice',
  'confirm',
  'household.give',
  'name.give',
  'privacy.show',
  'privacy.delete',
  'privacy.agree',
  'privacy.refuse',
  'issue.report',
  'question',
  'help',
  'thanks',
  'staff.activity',
  'staff.notice',
  // Never read from words: a code is recognised before they are, and the wish for one by the feature itself.
  'code.give',
  'code.ask',
  'none',
] as const;
export type IntentName = (typeof INTENTS)[number];

/** The parts of an address as people say it, normalised: 3栋 and 三号楼 are both building "3". */
export const HouseholdPlace = z.object({
  compound: z.string().optional(),
  building: z.string().optional(),
  unit: z.string().optional(),
  room: z.string().optional(),
});
export type HouseholdPlace = z.infer<typeof HouseholdPlace>;

/** One line of a native #接龙. `number` is absent where the person typed none. */
export const ChainEntry = z.object({
  number: z.number().int().optional(),
  name: z.string().optional(),
  party: z.number().int().optional(),
  household: HouseholdPlace.optional(),
  phone: z.string().optional(),
  /** Absent: they come. */
  coming: z.enum(['no', 'unsure']).optional(),
  note: z.string().optional(),
});
export type ChainEntry = z.infer<typeof ChainEntry>;

export const ISSUE_KINDS = ['litter', 'noise', 'smoke', 'sewage', 'parking', 'greenery', 'other'] as const;
export type IssueKind = (typeof ISSUE_KINDS)[number];

/** Everything a message may tell. What was not said is absent, never null and never invented. */
export const Slots = z.object({
  habits: z.array(z.string()).optional(),
  topics: z.array(z.string()).optional(),
  add: z.array(z.string()).optional(),
  remove: z.array(z.string()).optional(),
  household: HouseholdPlace.optional(),
  people: z.number().int().optional(),
  activity: z.string().optional(),
  /** The id of the one meant, where a form or a button knows it; never read from words. */
  shift: z.string().optional(),
  name: z.string().optional(),
  phone: z.string().optional(),
  party: z.number().int().optional(),
  date: z.string().optional(),
  theme: z.string().optional(),
  entries: z.array(ChainEntry).optional(),
  item: z.string().optional(),
  topic: z.string().optional(),
  choice: z.string().optional(),
  numbers: z.array(z.number().int()).optional(),
  yes: z.boolean().optional(),
  about: z.enum(ISSUE_KINDS).optional(),
  place: z.string().optional(),
  text: z.string().optional(),
  title: z.string().optional(),
  time: z.string().optional(),
  capacity: z.number().int().optional(),
  at: z.string().optional(),
});
export type Slots = z.infer<typeof Slots>;

export const Understood = z.object({ intent: z.enum(INTENTS), slots: Slots });
export type Understood = z.infer<typeof Understood>;

export const QUESTION_KINDS = [
  'choose-habits',
  'choose-shift',
  'quiz',
  'confirm',
  'consent',
  'give-household',
  'give-where',
  'give-name',
  'notice',
] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** The question the bot last asked this person. `options` are numbered from 1. */
export const OpenQuestion = z.object({
  kind: z.enum(QUESTION_KINDS),
  options: z.array(z.string()).optional(),
});
export type OpenQuestion = z.infer<typeof OpenQuestion>;

/** One message with what is known when it is read. `at` is ISO 8601 with an offset. */
export const Utterance = z.object({
  text: z.string(),
  chat: z.enum(['direct', 'group']),
  mentioned: z.boolean(),
  at: z.string(),
  open: OpenQuestion.nullable(),
  activities: z.array(z.string()).optional(),
  /** What people say for things here, as workers have taught it. */
  words: z.array(TaughtWord).optional(),
});
export type Utterance = z.infer<typeof Utterance>;
