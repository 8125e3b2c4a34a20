/** What is kept between a question about a sign-up and its answer. */
import { z } from 'zod';
import type { Conversation } from '../../runtime/feature.ts';

export const ANSWERS_VERSION = 1;

/** A person has at most one of these open in a chat. */
export const FEATURE = {
  name: 'volunteering',
  steps: {
    /** Which shift to sign up for. */
    join: 'choose-join',
    /** Which sign-up to cancel. */
    cancel: 'choose-cancel',
    /** Whether the place that came free is still wanted. */
    offer: 'offer',
    /** Whether fewer people would come, as many as there are places. */
    smaller: 'smaller',
    name: 'name',
    /** Which shift to come to instead. */
    swap: 'choose-swap',
  },
} as const;

/** Whether it was asked a second time: a third would be a bore. */
const AskedAgain = z.boolean().optional();

/** Shift ids in the order they were numbered, and what was said with the wish. */
export const JoinAnswers = z.object({
  shifts: z.array(z.string()),
  party: z.number().int().optional(),
  name: z.string().optional(),
  phone: z.string().optional(),
  again: AskedAgain,
});
export type JoinAnswers = z.infer<typeof JoinAnswers>;

/** Sign-up ids in the order they were numbered. */
export const CancelAnswers = z.object({ signUps: z.array(z.string()), again: AskedAgain });
export type CancelAnswers = z.infer<typeof CancelAnswers>;

export const OfferAnswers = z.object({ shift: z.string() });
export type OfferAnswers = z.infer<typeof OfferAnswers>;

export const SmallerAnswers = z.object({ shift: z.string(), party: z.number().int() });
export type SmallerAnswers = z.infer<typeof SmallerAnswers>;

/** The sign-up that is given up once another shift has taken its place. */
export const SwapAnswers = z.object({ signUp: z.string(), shifts: z.array(z.string()) });
export type SwapAnswers = z.infer<typeof SwapAnswers>;

export const NameAnswers = z.object({ signUp: z.string(), again: AskedAgain });
export type NameAnswers = z.infer<typeof NameAnswers>;

const Asked = z.discriminatedUnion('step', [
  z.object({ step: z.literal(FEATURE.steps.join), answers: JoinAnswers }),
  z.object({ step: z.literal(FEATURE.steps.cancel), answers: CancelAnswers }),
  z.object({ step: z.literal(FEATURE.steps.offer), answers: OfferAnswers }),
  z.object({ step: z.literal(FEATURE.steps.smaller), answers: SmallerAnswers }),
  z.object({ step: z.literal(FEATURE.steps.name), answers: NameAnswers }),
  z.object({ step: z.literal(FEATURE.steps.swap), answers: SwapAnswers }),
]);
/** What was asked and is still open. */
export type Asked = z.infer<typeof Asked>;

/** `null` for a question of an older version: it is let go. */
export function readAsked({ step, version, answers }: Conversation): Asked | null {
  return version === ANSWERS_VERSION ? (Asked.safeParse({ step, answers }).data ?? null) : null;
}
