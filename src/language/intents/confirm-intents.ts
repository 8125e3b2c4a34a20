/** Where the bot asked for a yes: the yes, the no, the number of a choice, or what has to be put right first. */
import type { HouseholdPlace, Slots } from '../../model/understanding.ts';
import { readChoices } from '../choice-slot.ts';
import { maskPeople, tellsMembers } from '../count-slot.ts';
import type { IntentReader } from '../evidence.ts';
import { readHouseholdAnswer } from '../household-slot.ts';
import type { Hit } from '../lexicon.ts';
import { hears, hitsOf, LONGEST_UNDERSTOOD, type Reading, unexplained, unexplainedOf } from '../reading.ts';
import { answerTo } from './answer-reader.ts';
import { signUpSlots } from './sign-up-intents.ts';

const SHORT_ANSWER = 20;
const LONGEST_CORRECTION = 40;
const LEFT_OF_NO = 3;
// Characters of a correction that no table knows; neighbours who talk of 三个人打麻将 are not answered.
const LEFT_OF_CORRECTION = 1;

const SAYS_YES = ['yes', 'agree', 'comes'] as const;
const SAYS_NO = ['no', 'disagree', 'amends', 'cancel', 'cancel-plainly', 'not-join', 'gives-up'] as const;

export const CONFIRM_INTENTS: readonly IntentReader[] = [
  answerTo(['confirm'], 'confirm', (reading) => yesOrNo(saysYes(reading))),
  // What is agreed to there is consent, which privacy.agree and privacy.refuse say; a number or 改一改 is only about the facts.
  answerTo(['consent'], 'confirm', (reading) => yesOrNo(numberedYes(reading) ?? (amends(reading) ? false : undefined))),
  answerTo(['confirm', 'consent'], 'choice', (reading) => {
    const number = chosenNumber(reading);
    return number === undefined || number <= 2 ? undefined : { numbers: [number] };
  }),
  answerTo(['confirm', 'consent'], 'household.give', (reading) => {
    const household = correctedHousehold(reading);
    return household === undefined || familySize(reading) !== undefined ? undefined : { household };
  }),
  answerTo(['confirm', 'consent', 'give-household'], 'pledge.make', (reading) => {
    const people = familySize(reading);
    const household = correctedHousehold(reading);
    return people === undefined ? undefined : { people, ...(household === undefined ? {} : { household }) };
  }),
  answerTo(['confirm'], 'sign-up.join', (reading) => (saysParty(reading) ? signUpSlots(reading) : undefined)),
];

function yesOrNo(yes: boolean | undefined): Slots | undefined {
  return yes === undefined ? undefined : { yes };
}

function saysYes(reading: Reading): boolean | undefined {
  if (hears(reading, 'asks', 'undecided', 'emergency') || correctsFacts(reading) || speaksOfAnother(reading))
    return undefined;
  return numberedYes(reading) ?? firstWord(reading);
}

/** 植树我不去了 names what is meant, which may not be what was asked about; 你好 holds 好 and answers nothing. */
function speaksOfAnother(reading: Reading): boolean {
  if (hears(reading, 'greet') && unexplainedOf(reading, reading.text, 'greet') === 0) return true;
  return hears(reading, 'comes', ...COMING) && reading.activity()?.open === true;
}

/** The first word of agreement or refusal decides, where little else is said. */
function firstWord(reading: Reading): boolean | undefined {
  if (reading.text.length > LONGEST_UNDERSTOOD) return undefined;
  const yes = SAYS_YES.flatMap((signal) => hitsOf(reading, signal));
  const no = SAYS_NO.flatMap((signal) => hitsOf(reading, signal));
  // 我来不了 holds 我来, 不错 holds 不: the longer word is what was said.
  const hits = [
    ...yes.filter((hit) => !no.some((other) => overlap(hit, other) && other.weight >= hit.weight)),
    ...no.filter((hit) => !yes.some((other) => overlap(hit, other) && other.weight > hit.weight)),
  ];
  const first = hits.sort((a, b) => a.start - b.start || b.weight - a.weight)[0];
  if (first === undefined) return undefined;
  const says = yes.includes(first);
  const left = unexplained(reading, ...SAYS_YES, ...SAYS_NO, 'thanks', 'self');
  const ends = /^(?:$|[\s,.!\n])/.test(reading.text.slice(first.end));
  // Among neighbours 行，晚上见 is for somebody else.
  if (!reading.addressed) return left === 0 && isUnbroken(first) ? says : undefined;
  // A plain no comes with its reason: 不去了家里来客人.
  const leads = first.start <= 1 && (ends || (!says && first.weight > 1 && reading.text.length <= SHORT_ANSWER));
  // 我是租房的 holds 是 and agrees to nothing: only a yes without another word is one.
  return left <= (says ? 0 : LEFT_OF_NO) || leads ? says : undefined;
}

/** 不去幼儿园了 is heard as 不去…了, and what stands between is not about the question. */
function isUnbroken(hit: Hit): boolean {
  return hit.end - hit.start === hit.weight;
}

function overlap(one: Hit, other: Hit): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Where there are no buttons, yes is 1 and no is 2. */
function numberedYes(reading: Reading): boolean | undefined {
  const number = chosenNumber(reading);
  return number === 1 || number === 2 ? number === 1 : undefined;
}

/** Of the numbers shown; a third one only where three were shown. */
function chosenNumber(reading: Reading): number | undefined {
  if (reading.text.length > SHORT_ANSWER || hears(reading, 'asks')) return undefined;
  if (reading.counts.party !== undefined || reading.dates.length > 0) return undefined;
  const count = Math.max(2, reading.open?.options?.length ?? 0);
  const numbers = readChoices(reading.rest, count, reading.vocabulary.choice);
  return numbers?.length === 1 ? numbers[0] : undefined;
}

function amends(reading: Reading): boolean {
  return hears(reading, 'amends') && !hears(reading, 'asks') && isOnlyCorrection(reading, reading.text);
}

function correctsFacts(reading: Reading): boolean {
  return correctedHousehold(reading) !== undefined || familySize(reading) !== undefined || saysParty(reading);
}

/** The door put right: 门牌是502, 不对，是4栋. */
function correctedHousehold(reading: Reading): HouseholdPlace | undefined {
  if (reading.text.length > LONGEST_CORRECTION || hears(reading, 'asks')) return undefined;
  if (reading.household === undefined) return readHouseholdAnswer(reading.text, reading.vocabulary.household);
  return isOnlyCorrection(reading, maskPeople(reading.rest, reading.vocabulary.count)) ? reading.household : undefined;
}

/** How many the family are. Only a pledge asks for consent, or shows more than yes and no under its question. */
function familySize(reading: Reading): number | undefined {
  const { members, party } = reading.counts;
  const isAboutFamily = reading.open?.kind !== 'confirm' || (reading.open.options ?? []).length > 2;
  if (reading.text.length > LONGEST_CORRECTION) return undefined;
  const size = members ?? (isAboutFamily ? party : undefined);
  if (size === undefined || hears(reading, 'asks', 'join-plainly', ...COMING)) return undefined;
  if (!isAboutFamily && !tellsMembers(reading.rest, reading.vocabulary.count)) return undefined;
  return isOnlyCorrection(reading, maskPeople(reading.rest, reading.vocabulary.count)) ? size : undefined;
}

const COMING = ['join', 'cancel', 'cancel-plainly', 'not-join'] as const;

/** 改成3个人, 我们三个人去: they come, but as many as they say. */
function saysParty(reading: Reading): boolean {
  if (reading.counts.party === undefined || reading.text.length > SHORT_ANSWER) return false;
  if (hears(reading, 'asks', 'cancel', 'cancel-plainly', 'not-join', 'pledge')) return false;
  if (reading.open?.kind !== 'confirm' || familySize(reading) !== undefined) return false;
  return isOnlyCorrection(reading, maskPeople(reading.rest, reading.vocabulary.count));
}

const BESIDE_A_FACT = ['no', 'amends', 'correcting', 'self', 'own-family', 'lives', 'thanks', 'filler'] as const;

function isOnlyCorrection(reading: Reading, text: string): boolean {
  if (hears(reading, 'pledge', 'waste-ask', 'check-in') || reading.habits.habits.length > 0) return false;
  const left = unexplainedOf(reading, text, ...SAYS_YES, ...BESIDE_A_FACT);
  return left <= (reading.addressed ? LEFT_OF_CORRECTION : 0);
}
