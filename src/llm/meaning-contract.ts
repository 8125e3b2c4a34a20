/** What a model may answer when it is asked what a message means: a closed list of intents, each with its own slots, and nothing else. */
import { z } from 'zod';
import { HABIT_CATEGORIES } from '../model/habit.ts';
import { type IntentName, ISSUE_KINDS } from '../model/understanding.ts';

// What the rules read better than any model is known by name, so that it may stand there, and is not looked at.
const Ignored = z.unknown().optional();
const Words = z.string().min(1).max(60).optional();
const Habits = z.array(z.string()).max(12).optional();
const Topic = z.enum(HABIT_CATEGORIES);

const FAMILY = { household: Ignored, people: Ignored };
const COMING = { name: Ignored, phone: Ignored, party: Ignored, date: Ignored };
const CALLED = { title: Ignored, date: Ignored, time: Ignored, place: Ignored, capacity: Ignored };

function of<const I extends IntentName, S extends z.core.$ZodLooseShape>(intent: I, slots: S) {
  return z.object({ intent: z.literal(intent), slots: z.strictObject(slots) });
}

/** What only answers a question, what is a form of its own (chains), and codes are not among them. */
export const Meaning = z.discriminatedUnion('intent', [
  of('pledge.make', { habits: Habits, topics: z.array(Topic).max(11).optional(), ...FAMILY }),
  of('pledge.change', { add: Habits, remove: Habits }),
  of('pledge.withdraw', {}),
  of('pledge.show', {}),
  of('check-in', { habits: Habits }),
  of('sign-up.join', { activity: Words, ...COMING }),
  of('sign-up.cancel', { activity: Words, date: Ignored }),
  of('sign-up.list', {}),
  of('waste.ask', { item: Words }),
  of('tip.ask', { topic: Topic.optional() }),
  of('messages.stop', {}),
  of('messages.resume', {}),
  of('privacy.show', {}),
  of('privacy.delete', {}),
  of('issue.report', { about: z.enum(ISSUE_KINDS).optional(), place: Words }),
  of('question', { text: Ignored }),
  of('help', {}),
  of('thanks', {}),
  of('staff.activity', CALLED),
  of('staff.notice', { text: Ignored, at: Ignored }),
  of('none', {}),
]);

/** Of a message as it was sent, with placeholders. */
export type Meaning = z.infer<typeof Meaning>;
