/** What is kept of a person in so few lines that one reads them: a message in private has six. */
import { maskPhone } from '../../lib/phone.ts';
import { localDate } from '../../lib/zoned-time.ts';
import type { Saying } from '../../model/text.ts';
import type { OwnSignUp } from '../../store/sign-up-table.ts';
import type { KeptOfPerson } from './privacy-service.ts';
import { say } from './privacy-texts.ts';

type Words = (saying: Saying) => string;

// One line goes before them and one after.
const MOST_LINES = 4;
const MOST_SIGN_UPS = 3;

/** `described`: what the features keep, a line each. What is too much for a line of its own shares the last one. */
export function linesOf(kept: KeptOfPerson, described: readonly Saying[], words: Words, zone: string): string[] {
  const contact = contactOf(kept).map(words);
  const signUps = signUpsOf(kept, zone).map(words);
  const lines = [
    ...(contact.length === 0 ? [] : [inRow(contact, words)]),
    ...(signUps.length === 0 ? [] : [words(say('privacy.kept-sign-ups', { signUps: inRow(signUps, words) }))]),
    ...described.map(words),
  ];
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), inRow(lines.slice(MOST_LINES - 1), words)];
}

export function inRow(items: readonly string[], words: Words): string {
  return items.length === 0 ? '' : items.reduce((row, next) => words(say('privacy.row', { row, next })));
}

function contactOf({ contact: { name, phone } }: KeptOfPerson): Saying[] {
  return [
    ...(name === null ? [] : [say('privacy.kept-name', { name })]),
    ...(phone === null ? [] : [say('privacy.kept-phone', { phone: maskPhone(phone) })]),
  ];
}

function signUpsOf({ signUps: { ahead, past } }: KeptOfPerson, zone: string): Saying[] {
  const more = ahead.length - MOST_SIGN_UPS;
  return [
    ...ahead.slice(0, MOST_SIGN_UPS).map((own) => signUpWords(own, zone)),
    ...(more > 0 ? [say('privacy.more-sign-ups', { count: more })] : []),
    ...(past === 0 ? [] : [say('privacy.past-sign-ups', { count: past })]),
  ];
}

function signUpWords({ signUp, shift }: OwnSignUp, zone: string): Saying {
  const shown = { title: shift.title, day: localDate(shift.startsAt, zone).slice('2026-'.length) };
  if (signUp.state === 'waiting') return say('privacy.sign-up-waiting', shown);
  return signUp.state === 'offered' ? say('privacy.sign-up-offered', shown) : say('privacy.sign-up', shown);
}
