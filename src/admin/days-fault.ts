/** Beside which field it stands that announced days cannot be so. */
import type { ConfirmResult } from '../features/tips/announced-days-service.ts';
import type { Faults } from './posted-form.ts';

export type DaysRefusal = Extract<ConfirmResult, { ok: false }>['why'];

/** `null`: there is no such day to be dated. */
export function daysFault(why: DaysRefusal): Faults | null {
  switch (why) {
    case 'unknown-event':
      return null;
    case 'not-a-date':
      return { from: 'fault.not-a-day' };
    case 'other-year':
      return { from: 'fault.other-year' };
    case 'backwards':
      return { to: 'fault.backwards' };
    case 'too-long':
      return { to: 'fault.days-too-long' };
  }
}
