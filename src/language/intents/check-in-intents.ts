/** Voluntary records of what a family did today. */
import { type IntentReader, reasons } from '../evidence.ts';
import { distinctValues } from '../habit-slot.ts';
import { hears } from '../reading.ts';

export const CHECK_IN_INTENTS: readonly IntentReader[] = [
  {
    intent: 'check-in',
    weigh: (reading) => {
      const names = reading.habits.habits.length > 0;
      const plain = hears(reading, 'check-in');
      return reasons(
        [plain, 3, 'says check-in'],
        [names && plain, 1, 'names a habit'],
        [names && !plain && hears(reading, 'today'), 1.5, 'names a habit of today'],
        [names && !plain && hears(reading, 'done'), 1.5, 'it was done'],
        [names && hears(reading, 'pledge', 'intends'), -3, 'promises it'],
        [hears(reading, 'not-done'), -6, 'it was not done'],
        [hears(reading, 'check-in-elsewhere'), -6, 'another kind of check-in'],
        [hears(reading, 'asks'), -4, 'asks about it'],
        [hears(reading, 'other-party') && !plain, -3, 'someone else did'],
      );
    },
    slots: ({ habits }) => {
      const ids = distinctValues(habits.habits);
      return ids.length === 0 ? {} : { habits: ids };
    },
  },
];
