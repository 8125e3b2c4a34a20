/** What a worker publishes from the chat: an activity or a notice. Whether they may is decided elsewhere. */
import type { Slots } from '../../model/understanding.ts';
import { shanghaiToday } from '../date-slot.ts';
import { type IntentReader, reasons } from '../evidence.ts';
import { contentStart } from '../padding.ts';
import { hears, hitsOf, type Reading } from '../reading.ts';
import { readActivityDraft } from '../staff-slot.ts';
import { maskSpans } from '../text-mask.ts';
import { readTimes } from '../time-slot.ts';

// A publishing order stands at the beginning, with at most a time and 请帮我 before it: 明天早上8点帮我发通知.
const ORDER_WITHIN = 20;
const WORDS_BEFORE_ORDER = 3;

export const STAFF_INTENTS: readonly IntentReader[] = [
  {
    intent: 'staff.activity',
    weigh: (reading) => reasons([orderEnd(reading, 'publish-activity') > 0, 8, 'publishes an activity']),
    slots: activitySlots,
  },
  {
    intent: 'staff.notice',
    weigh: (reading) =>
      reasons(
        [orderEnd(reading, 'publish-notice') > 0, 7, 'publishes a notice'],
        [hears(reading, 'stop', 'asks') && noticeSlots(reading).text === undefined, -6, 'speaks of notices'],
      ),
    slots: noticeSlots,
  },
];

function orderEnd(reading: Reading, signal: 'publish-activity' | 'publish-notice'): number {
  const hits = hitsOf(reading, signal).filter((hit) => hit.start <= ORDER_WITHIN && beginsOrder(reading, hit.start));
  return Math.max(0, ...hits.map((hit) => hit.end));
}

/** 以后不用给我发通知了 holds the words of an order and is none. */
function beginsOrder(reading: Reading, start: number): boolean {
  const before = reading.text.slice(0, start);
  const times = readTimes(before, reading.vocabulary.time);
  const dates = reading.dates.filter((date) => date.end <= start);
  const from = contentStart(before, reading.vocabulary.padding);
  const words = maskSpans(before, [...times, ...dates])
    .slice(from)
    .replace(/[^\p{Letter}]/gu, '');
  return words.length <= WORDS_BEFORE_ORDER;
}

function activitySlots(reading: Reading): Slots {
  const from = orderEnd(reading, 'publish-activity');
  const text = reading.text.slice(from);
  const said = reading.said.slice(from);
  const times = readTimes(text, reading.vocabulary.time);
  const dates = reading.dates.map((date) => ({ date: date.date, start: date.start - from, end: date.end - from }));
  const spans = [...times, ...dates.filter(({ start }) => start >= 0)];
  const date = dates[0]?.date;
  const time = times[0]?.time;
  return {
    ...readActivityDraft(text, said, spans, reading.vocabulary.staff, reading.vocabulary.place),
    ...(date === undefined ? {} : { date }),
    ...(time === undefined ? {} : { time }),
  };
}

/** A time before the order is when it goes out; a time in the notice belongs to the notice. */
function noticeSlots(reading: Reading): Slots {
  const end = orderEnd(reading, 'publish-notice');
  const start = hitsOf(reading, 'publish-notice').find((hit) => hit.end === end)?.start ?? 0;
  const text = reading.said
    .slice(end)
    .replace(/^[\s:\uff1a,\uff0c]+/, '')
    .trim();
  const at = sendingTime(reading, start);
  return { ...(text === '' ? {} : { text }), ...(at === undefined ? {} : { at }) };
}

function sendingTime(reading: Reading, before: number): string | undefined {
  const time = readTimes(reading.text.slice(0, before), reading.vocabulary.time)[0]?.time;
  const date = reading.dates.find((day) => day.start < before)?.date ?? shanghaiToday(reading.at);
  return time === undefined || date === undefined ? undefined : `${date}T${time}:00+08:00`;
}
