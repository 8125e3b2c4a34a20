/** The words below the chat: what a newcomer would tap, and what tapping means, so that nothing has to be guessed. */
import type { Understood } from '../../model/understanding.ts';

export const QUICK_ENTRIES = ['pledge', 'activities', 'waste', 'mine'] as const;
export type QuickEntry = (typeof QUICK_ENTRIES)[number];

export const QUICK_MEANING: Readonly<Record<QuickEntry, Understood>> = {
  pledge: { intent: 'pledge.make', slots: {} },
  activities: { intent: 'sign-up.list', slots: {} },
  waste: { intent: 'waste.ask', slots: {} },
  mine: { intent: 'privacy.show', slots: {} },
};
