/** The words below the chat: what a newcomer would tap, and what tapping means, so that nothing has to be guessed. */
import type { Understood } from '../../model/understanding.ts';

export const QUICK_ENTRIES = ['pledge', 'activities', 'waste', 'mine'] as const;
/** Beside those, on the page of one resident alone. */
export const RESIDENT_ENTRIES = [...QUICK_ENTRIES, 'elsewhere'] as const;
export type QuickEntry = (typeof RESIDENT_ENTRIES)[number];

export const QUICK_MEANING: Readonly<Record<QuickEntry, Understood>> = {
  pledge: { intent: 'pledge.make', slots: {} },
  activities: { intent: 'sign-up.list', slots: {} },
  waste: { intent: 'waste.ask', slots: {} },
  mine: { intent: 'privacy.show', slots: {} },
  elsewhere: { intent: 'code.ask', slots: {} },
};
