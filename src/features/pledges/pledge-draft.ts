/** A pledge while it is being talked about: kept sealed with the open question, and nowhere else before the yes. */
import { z } from 'zod';
import { HouseholdPlace } from '../../model/understanding.ts';
import type { Conversation } from '../../runtime/feature.ts';

/** Of the shape below; an older one is let go. */
export const DRAFT_VERSION = 1;

export const PledgeDraft = z.object({
  habits: z.array(z.string()),
  /** Categories that were said without a habit, so that the bot can show what it took them for. */
  topics: z.array(z.string()),
  place: HouseholdPlace.optional(),
  people: z.number().int().optional(),
  /** What of the door was doubted once, so that the second time it is taken as said; `joining`: a family lives there. */
  asked: z.array(z.enum(['room', 'building', 'joining'])).optional(),
});
export type PledgeDraft = z.infer<typeof PledgeDraft>;

const STEPS = [
  'choose-habits',
  'give-household',
  'give-room',
  'give-building',
  'confirm',
  'correct',
  'check-in',
  /** A button under an answer, which may also be pressed by its number. */
  'begin',
  'renew',
  'which-withdrawal',
] as const;
export type Step = (typeof STEPS)[number];
const Step = z.enum(STEPS);

export interface OpenDraft {
  readonly step: Step;
  readonly draft: PledgeDraft;
}

/** `null` where no question is open, or one that this version cannot read. */
export function openDraft(conversation: Conversation | null): OpenDraft | null {
  if (conversation === null || conversation.version !== DRAFT_VERSION) return null;
  const step = Step.safeParse(conversation.step);
  const draft = PledgeDraft.safeParse(conversation.answers);
  return step.success && draft.success ? { step: step.data, draft: draft.data } : null;
}

export const EMPTY_DRAFT: PledgeDraft = { habits: [], topics: [] };
