/** Coming to an activity, not coming after all, and what there is to come to. */
import type { Slots } from '../../model/understanding.ts';
import { type IntentReader, noSlots, reasons } from '../evidence.ts';
import { hears, type Reading, unexplained, unexplainedOf } from '../reading.ts';
import { maskSpans } from '../text-mask.ts';
import { asksBefore, comesAfterAll, isOver, isSomewhereElse, staysAway } from './last-word.ts';
import { leftOfSignUp } from './overheard.ts';
import { asksLeave, familyQuits } from './pledge-intents.ts';

// Nobody leaves a number, or a name, for the neighbours' sake; without them no word may be left.
const LEFT_WITH_PHONE = 10;
const LEFT_WITH_NAME = 4;
const LEFT_OF_SIGN_UP = 0;

export const SIGN_UP_INTENTS: readonly IntentReader[] = [
  {
    intent: 'sign-up.join',
    weigh: (reading) => {
      const another = isAnotherParty(reading);
      const wants = another || hears(reading, 'join', 'join-plainly', 'join-firm') || isTerse(reading);
      const activity = reading.activity();
      // Said to the bot, who comes to an open activity is a sign-up even without a verb: 讲堂，王姐，2个人，138….
      const bare =
        reading.phone !== undefined || (reading.addressed && reading.open === null && activity?.open === true);
      if (!wants && !bare) return [];
      const told = tellsWho(reading);
      return reasons(
        [wants, 2, 'wants to come'],
        [another, 1, 'tells another number of people'],
        [namesDay(reading), 1, 'means the one of that day'],
        [reading.phone !== undefined && reading.name() !== undefined, 1, 'leaves name and phone'],
        [hears(reading, 'join-plainly', 'join-firm'), 1, 'says so in plain words'],
        [activity?.open === true, 2, 'names an open activity'],
        [activity?.open === false, 1, 'names something to join'],
        [told, 1, 'says who comes'],
        [reading.counts.party !== undefined, 1, 'says how many come'],
        [staysAway(reading), -6, 'does not come'],
        [asksOfIt(reading) && !told && !hears(reading, 'join-firm'), -4, 'asks about it'],
        [isOver(reading), -4, 'it is over'],
        [isSomewhereElse(reading), -6, 'somewhere else'],
        [isOfOthers(reading) && !told, -3, 'someone else comes'],
        [hears(reading, 'pledge', 'withdraw'), -4, 'speaks of pledges'],
        [hears(reading, 'check-in'), -2, 'records what was done'],
        [activity?.open !== true && changesHabits(reading), -3, 'speaks of habits'],
      );
    },
    slots: signUpSlots,
    overheard: (reading) => {
      const activity = reading.activity();
      if (activity?.open !== true || hears(reading, 'asks', 'told')) return false;
      const left = leftOfSignUp(reading, activity.activity);
      if (left > spare(reading)) return false;
      if (hears(reading, 'join-firm')) return true;
      // 植树报名的名单出来了 holds the words and speaks for nobody; 报名捡垃圾 and not a word more is said to no neighbour.
      const speaksForSomeone = hears(reading, 'self', 'own-family') || tellsWho(reading);
      return speaksForSomeone
        ? activity.sure || hears(reading, 'join-plainly')
        : hears(reading, 'join-plainly') && left === 0;
    },
  },
  {
    intent: 'sign-up.cancel',
    weigh: (reading) => {
      const stands = hears(reading, 'signed-before') || namesDay(reading) || reading.activity()?.open === true;
      const takesBack = hears(reading, 'takes-back') && stands;
      const plainly = hears(reading, 'cancel-plainly') || takesBack;
      const moves = movesDay(reading);
      if (!plainly && !moves && !hears(reading, 'cancel')) return [];
      return reasons(
        [!moves, 2, 'does not come'],
        [moves, 6, 'would rather come on another day'],
        [plainly, 2.5, 'takes the sign-up back'],
        [reading.activity()?.open === true, 2, 'names an open activity'],
        [hears(reading, 'sign-up-noun'), 1, 'speaks of a sign-up'],
        [reading.dates.length > 0, 1, 'names the day'],
        [unexplained(reading, 'cancel', 'cancel-plainly', 'self') <= 1, 1, 'says nothing else'],
        [hears(reading, 'asks') && !hears(reading, 'request'), -4, 'asks about it'],
        [hears(reading, 'pledge', 'withdraw') || familyQuits(reading), -4, 'speaks of pledges'],
        [reading.open !== null && unexplained(reading, 'gives-up') === 0, -6, 'drops what was asked'],
        [hears(reading, 'other-party') && !hears(reading, 'self'), -3, 'someone else'],
        [comesAfterAll(reading), -5, 'comes after all'],
      );
    },
    slots: (reading) => {
      const activity = reading.activity();
      if (activity?.open === true) return { activity: activity.activity };
      const date = reading.dates[0]?.date;
      return date !== undefined && namesDay(reading) ? { date } : {};
    },
  },
  {
    intent: 'sign-up.list',
    weigh: (reading) =>
      reasons(
        [hears(reading, 'list-activities'), 5, 'asks what there is to join'],
        [asksWhatIsOn(reading), 5, 'asks what is on that day'],
        [asksForPlaces(reading), 4.5, 'asks whether there is a place left'],
        [hears(reading, 'publish-activity'), -5, 'a worker publishes'],
        [hears(reading, 'signed-before') && hears(reading, 'takes-back'), -4, 'takes the sign-up back'],
        // 我报的活动改成3个人 names what stands in order to change it.
        [isAnotherParty(reading), -3, 'tells another number of people'],
      ),
    slots: noSlots,
  },
];

/** 我们班组来八个人植树 speaks for one's own, whatever it calls them. */
function isOfOthers(reading: Reading): boolean {
  if (!hears(reading, 'other-party') || hears(reading, 'join-firm')) return false;
  return !hears(reading, 'self') || reading.counts.party === undefined || reading.activity()?.open !== true;
}

function changesHabits({ habits, hits }: Reading): boolean {
  return (
    habits.habits.length > 0 && (hits.has('add') || hits.has('remove') || hits.has('swap') || hits.has('put-down'))
  );
}

/** 我和老伴想参加，行不 only asks whether it is all right so. */
function asksOfIt(reading: Reading): boolean {
  return hears(reading, 'asks') && !hears(reading, 'request') && !asksLeave(reading) && !asksBefore(reading);
}

const LONGEST_TERSE = 30;

/** 健步走，王芳，俩人: an open activity and who comes, and not a word more. */
function isTerse(reading: Reading): boolean {
  if (!reading.addressed || reading.text.length > LONGEST_TERSE || reading.open !== null) return false;
  const activity = reading.activity();
  if (activity?.open !== true || (reading.counts.party === undefined && !tellsWho(reading))) return false;
  return leftOfSignUp(reading, activity.activity) === 0;
}

// More than this beside 有啥 and the day, and something else is asked: 明天体检有啥要注意.
const LEFT_OF_WHAT_IS_ON = 0;
const LONGEST_PLACES = 20;

function asksWhatIsOn(reading: Reading): boolean {
  if (reading.dates.length === 0 || !hears(reading, 'what-on')) return false;
  const rest = maskSpans(reading.rest, reading.dates);
  return unexplainedOf(reading, rest, 'what-on', 'filler', 'asks', 'today', 'sign-up-noun') <= LEFT_OF_WHAT_IS_ON;
}

/** 周日那个满了吗; without an activity or a day nobody knows what is meant. */
function asksForPlaces(reading: Reading): boolean {
  if (!hears(reading, 'places-left') || reading.text.length > LONGEST_PLACES) return false;
  return reading.activity()?.open === true || namesDay(reading);
}

/** 周日的, 周日那个: the day stands for the activity. */
function namesDay({ rest, dates, vocabulary }: Reading): boolean {
  return dates.some(({ end }) => vocabulary.activity.ofDay.test(rest.slice(end)));
}

/** 周六植树换成周日: from one day to another; habits have no day. */
function movesDay(reading: Reading): boolean {
  return reading.addressed && hears(reading, 'swap') && new Set(reading.dates.map(({ date }) => date)).size > 1;
}

/** 改成两个人: said to the bot outright it is about a sign-up; 三口人 is about the family. */
function isAnotherParty(reading: Reading): boolean {
  if (!reading.addressed || reading.counts.party === undefined) return false;
  return hears(reading, 'party-change') && !hears(reading, 'own-family', 'family-size');
}

function spare(reading: Reading): number {
  if (reading.phone !== undefined) return LEFT_WITH_PHONE;
  return reading.name() === undefined ? LEFT_OF_SIGN_UP : LEFT_WITH_NAME;
}

function tellsWho(reading: Reading): boolean {
  return reading.phone !== undefined || reading.name() !== undefined;
}

export function signUpSlots(reading: Reading): Slots {
  const activity = reading.activity()?.activity;
  const name = reading.name();
  const { party } = reading.counts;
  const date = reading.dates[0]?.date;
  return {
    ...(activity === undefined ? {} : { activity }),
    ...(name === undefined ? {} : { name }),
    ...(reading.phone === undefined ? {} : { phone: reading.phone }),
    ...(party === undefined ? {} : { party }),
    ...(date === undefined ? {} : { date }),
  };
}
