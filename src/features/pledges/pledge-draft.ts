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
});
export type PledgeDraft = z.infer<typeof PledgeDraft>;

const STEPS = ['choose-habits', 'give-household', 'confirm', 'correct', 'check-in'] as const;
export type Step = (typeof STEPS)[number];

export interface OpenDraft {
  readonly step: Step;
  readonly draft: PledgeDraft;
}

/** `null` where no question is open, or one that this version cannot read. */
export function openDraft(conversation: Conversation | null): OpenDraft | null {
  if (conversation === null || conversation.version !== DRAFT_VERSION) return null;
  const step = z.enum(STEPS).safeParse(conversation.step);
  const draft = PledgeDraft.safeParse(conversation.answers);
  return step.success && draft.success ? { step: step.data, draft: draft.data } : null;
}

export const EMPTY_DRAFT: PledgeDraft = { habits: [], topics: [] };
