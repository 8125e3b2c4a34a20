/** Neighbours talk to each other: what nobody addressed to the bot is taken only where nearly every word of it is understood. */
import { maskPeople } from '../count-slot.ts';
import { LONGEST_UNDERSTOOD, type Reading, unexplainedOf } from '../reading.ts';
import type { Signal } from '../signals.ts';
import { MASK, maskSpan, maskSpans } from '../text-mask.ts';
import { readTimes } from '../time-slot.ts';

const MANNERS = ['filler', 'greet', 'thanks', 'request', 'self', 'own-family', 'today'] as const;
const OF_SIGN_UPS = ['join', 'join-plainly', 'join-firm', 'comes', 'yes', 'details', 'sign-up-noun'] as const;
const OF_PLEDGES = ['pledge', 'intends', 'done', 'add', 'lives'] as const;
const OF_QUESTIONS = ['asks', 'waste-ask', 'waste-ask-weak', 'pleads'] as const;

/** Letters of a sign-up that are neither its activity nor who comes and when. */
export function leftOfSignUp(reading: Reading, title: string): number {
  const own = new Set(title.toLowerCase());
  const concepts = maskSpans(withoutDetails(reading), reading.hits.get('concept') ?? []);
  // Unit by unit, so that every position stays.
  const rest = concepts
    .split('')
    .map((mark) => (own.has(mark) ? MASK : mark))
    .join('');
  return lettersLeft(reading, rest, OF_SIGN_UPS);
}

/** Letters of a pledge that are neither its habits nor whose it is. */
export function leftOfPledge(reading: Reading): number {
  const { habits, topics } = reading.habits;
  return lettersLeft(reading, maskSpans(withoutDetails(reading), [...habits, ...topics]), OF_PLEDGES);
}

/** Letters after the asking words of a waste question. */
export function leftAfter(reading: Reading, end: number): number {
  return lettersLeft(reading, maskSpan(reading.text, { start: 0, end }), OF_QUESTIONS);
}

function withoutDetails(reading: Reading): string {
  const { said, rest, dates, vocabulary } = reading;
  if (rest.length > LONGEST_UNDERSTOOD) return rest;
  const dated = maskSpans(rest, [...dates, ...readTimes(rest, vocabulary.time)]);
  const name = reading.name();
  const start = name === undefined ? -1 : said.indexOf(name);
  const named = name === undefined || start < 0 ? dated : maskSpan(dated, { start, end: start + name.length });
  const hide = (match: string): string => MASK.repeat(match.length);
  return maskPeople(named, vocabulary.count)
    .replace(vocabulary.count.people, hide)
    .replace(vocabulary.count.pairWord, hide)
    .replace(vocabulary.count.companion, hide);
}

function lettersLeft(reading: Reading, text: string, signals: readonly Signal[]): number {
  return unexplainedOf(reading, text, ...MANNERS, ...signals);
}
