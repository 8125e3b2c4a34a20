/** Chooses the next tip for a chat: what the calendar or the season calls for first, never one sent within a year. */
import type { AnnouncedDays, CalendarDays, CalendarEvent } from '../model/calendar-event.ts';
import type { HabitCategory, Season } from '../model/habit.ts';
import type { SentTip, Tip } from '../model/tip.ts';
import { dayNumberOf, daysOf } from './calendar-rules.ts';

/** A day of the calendar is spoken of from three days before it. */
const AHEAD_DAYS = 3;
const YEAR_DAYS = 365;

export type TipChoiceInput = {
  readonly tips: readonly Tip[];
  /** The calendar date where the chat is, YYYY-MM-DD. */
  readonly today: string;
  /** An id of data/regions.csv. */
  readonly region: string;
  readonly calendar: readonly CalendarEvent[];
  readonly announced: readonly AnnouncedDays[];
  /** What this chat was sent, at least in the last 365 days. */
  readonly sent: readonly SentTip[];
  /** Set where a person asked for this kind only. */
  readonly category?: HabitCategory;
};

/** Null where every fitting tip was sent within the year: then nothing is sent, rather than the same again. */
export function chooseTip(input: TipChoiceInput): Tip | null {
  const fresh = freshTips(input);
  const season = seasonOf(input.today);
  const near = daysNear(input);
  const forDays = near.flatMap(({ event }) =>
    leastUsedFirst(
      fresh.filter((tip) => tip.eventId === event.id),
      input,
    ),
  );
  const plain = fresh.filter((tip) => tip.eventId === undefined);
  const seasonal = leastUsedFirst(
    plain.filter((tip) => tip.season === season),
    input,
  );
  const anytime = leastUsedFirst(
    plain.filter((tip) => tip.season === 'all'),
    input,
  );
  return forDays[0] ?? seasonal[0] ?? anytime[0] ?? null;
}

function freshTips({ tips, today, region, sent, category }: TipChoiceInput): Tip[] {
  const now = dayNumberOf(today);
  const recent = new Set(sent.filter(({ on }) => now - dayNumberOf(on) <= YEAR_DAYS).map(({ tipId }) => tipId));
  return tips.filter((tip) => {
    if (recent.has(tip.id) || tip.status === 'none' || tip.status === 'unverified') return false;
    if (category !== undefined && tip.category !== category) return false;
    return tip.regions.length === 0 || tip.regions.includes(region);
  });
}

/** Seasons of the northern half of the earth by month: spring is March to May. */
export function seasonOf(day: string): Season {
  const month = Number(day.slice(5, 7));
  if (month >= 3 && month <= 5) return 'spring';
  if (month >= 6 && month <= 8) return 'summer';
  return month >= 9 && month <= 11 ? 'autumn' : 'winter';
}

type NearDays = { readonly event: CalendarEvent; readonly days: CalendarDays };

/** Events that are on or begin within three days; a single day comes before a month that happens to include it. */
export function daysNear(input: Pick<TipChoiceInput, 'today' | 'region' | 'calendar' | 'announced'>): NearDays[] {
  const now = dayNumberOf(input.today);
  const year = Number(input.today.slice(0, 4));
  return input.calendar
    .flatMap((event) => {
      // In the last days of December the next year's days are near too.
      const answers = [year, year + 1].map((of) => daysOf(event, of, input.region, input.announced));
      return answers.flatMap((days) => (typeof days === 'string' ? [] : [{ event, days }]));
    })
    .filter(({ days }) => dayNumberOf(days.from) - AHEAD_DAYS <= now && now <= dayNumberOf(days.to))
    .sort((one, other) => length(one) - length(other) || one.days.from.localeCompare(other.days.from));
}

function length({ days }: NearDays): number {
  return dayNumberOf(days.to) - dayNumberOf(days.from);
}

/** Categories that were used longest ago come first, so that no subject is worn out; tips of one keep their order. */
function leastUsedFirst(candidates: readonly Tip[], { tips, sent }: TipChoiceInput): Tip[] {
  const categoryOf = new Map(tips.map((tip) => [tip.id, tip.category]));
  const lastUse = new Map<HabitCategory, string>();
  for (const { tipId, on } of sent) {
    const category = categoryOf.get(tipId);
    if (category !== undefined && on > (lastUse.get(category) ?? '')) lastUse.set(category, on);
  }
  const lastUseOf = (tip: Tip) => lastUse.get(tip.category) ?? '';
  return candidates.toSorted((one, other) => compare(lastUseOf(one), lastUseOf(other)));
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
