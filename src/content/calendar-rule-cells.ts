/** Which cells of data/calendar.csv each kind of rule needs, and what they come to. */
import { z } from 'zod';
import type { CalendarRule, CalendarRuleType } from '../model/calendar-event.ts';
import { WEEKDAYS } from '../model/calendar-event.ts';
import { IdCell, refuse, wholeNumberCell, wordCell, YesNoCell } from './table-cell.ts';

/** A rule as written: a relative one still names the event it counts from. */
export type WrittenRule =
  | Exclude<CalendarRule, { type: 'relative' }>
  | { readonly type: 'relative'; readonly toId: string; readonly offsetDays: number };

const Month = wholeNumberCell(1, 12);
const Day = wholeNumberCell(1, 31);

const FixedCells = z.object({ month: Month, day: Day }).transform(({ month, day }, context): WrittenRule => {
  return isDay(month, day) ? { type: 'fixed', month, day } : refuseDay(context, 'day', month, day);
});

const RangeCells = z
  .object({ month: Month, day: Day, to_month: Month, to_day: Day })
  .transform(({ month, day, to_month: toMonth, to_day: toDay }, context): WrittenRule => {
    if (!isDay(month, day)) return refuseDay(context, 'day', month, day);
    if (!isDay(toMonth, toDay)) return refuseDay(context, 'to_day', toMonth, toDay);
    const isForward = toMonth * 100 + toDay >= month * 100 + day;
    return isForward ? { type: 'range', month, day, toMonth, toDay } : refuseDay(context, 'to_day', toMonth, toDay);
  });

const LastWeekdayCells = z
  .object({ month: Month, weekday: wordCell(WEEKDAYS), not_easter_eve: YesNoCell })
  .transform(({ month, weekday, not_easter_eve: notEasterEve }): WrittenRule => {
    return { type: 'last-weekday', month, weekday, notEasterEve };
  });

const WeekContainingCells = z
  .object({ month: Month, day: Day, week_start: wordCell(WEEKDAYS) })
  .transform(({ month, day, week_start: weekStart }, context): WrittenRule => {
    return isDay(month, day)
      ? { type: 'week-containing', month, day, weekStart }
      : refuseDay(context, 'day', month, day);
  });

const RelativeCells = z
  .object({ relative_to: IdCell, offset_days: wholeNumberCell(-366, 366) })
  .transform(({ relative_to: toId, offset_days: offsetDays }): WrittenRule => ({ type: 'relative', toId, offsetDays }));

export const RULE_CELLS: Readonly<Record<CalendarRuleType, z.ZodType<WrittenRule>>> = {
  fixed: FixedCells,
  range: RangeCells,
  'last-weekday': LastWeekdayCells,
  'week-containing': WeekContainingCells,
  relative: RelativeCells,
  announced: z.object({}).transform((): WrittenRule => ({ type: 'announced' })),
  regional: z.object({}).transform((): WrittenRule => ({ type: 'regional' })),
};

/** 29 February is a day: the year is not known here. */
function isDay(month: number, day: number): boolean {
  return new Date(Date.UTC(2024, month - 1, day)).getUTCMonth() === month - 1;
}

function refuseDay(context: z.core.$RefinementCtx, column: string, month: number, day: number): never {
  return refuse(context, 'not-a-date', { value: `${month}-${day}` }, day, column);
}
