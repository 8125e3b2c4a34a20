/** What is kept about a person, erasing it, and the consent to keep it. */
import { type IntentReader, noSlots, reasons } from '../evidence.ts';
import { asksAboutIt, hears, type Reading, unexplained, unexplainedOf } from '../reading.ts';
import { lastClauseIs } from './last-clause.ts';

export const PRIVACY_INTENTS: readonly IntentReader[] = [
  {
    intent: 'privacy.show',
    weigh: (reading) =>
      reasons(
        [hears(reading, 'privacy-show') || asksForOwnData(reading), 5, 'asks what is kept'],
        [hears(reading, 'privacy-delete', 'refuse-data') || erasesOwnData(reading), -4, 'wants it gone'],
        [hears(reading, 'misspoke'), -4, 'puts it right'],
        [hears(reading, 'agree', 'disagree') && !hears(reading, 'asks'), -4, 'agrees or refuses'],
      ),
    slots: noSlots,
  },
  {
    intent: 'privacy.delete',
    weigh: (reading) =>
      reasons(
        [hears(reading, 'privacy-delete') || erasesOwnData(reading), 5, 'wants it erased'],
        [erasesPerson(reading), 6.5, 'wants to be erased altogether'],
        [hears(reading, 'keeps-data'), -6, 'wants it kept'],
        [erasesOwnData(reading) && hears(reading, 'refuse-data'), 1, 'what is kept already'],
        [hears(reading, 'withdraw') && !hears(reading, 'own-data'), -3, 'ends a pledge'],
        [asksAboutIt(reading), -3, 'asks about it'],
      ),
    slots: noSlots,
  },
  {
    intent: 'privacy.agree',
    weigh: (reading) => {
      const consents = hears(reading, 'agree') && !hears(reading, 'disagree');
      const asked = reading.open?.kind === 'consent';
      const bare = unexplained(reading, 'agree', 'yes', 'self', 'thanks', 'privacy-word', 'acknowledge') === 0;
      return reasons(
        [consents && (bare || hears(reading, 'privacy-word')), 3.5, 'agrees'],
        [asked && (hears(reading, 'yes') || consents) && bare, 5, 'says yes to the open question'],
        [asked && !bare && agreesAtLast(reading), 4, 'agrees in the end'],
        [hears(reading, 'disagree', 'no', 'refuse-data') && !agreesAtLast(reading), -6, 'refuses'],
        [hears(reading, 'greet') && unexplainedOf(reading, reading.text, 'greet') === 0, -6, 'only greets'],
        [reading.open?.kind === 'confirm', -3, 'the open question is another'],
        [hears(reading, 'undecided'), -6, 'has not decided'],
        [asksAboutIt(reading), -8, 'asks about it'],
      );
    },
    slots: noSlots,
    overheard: (reading) =>
      reading.open?.kind === 'consent' && unexplained(reading, 'agree', 'yes', 'self', 'thanks', 'privacy-word') === 0,
  },
  {
    intent: 'privacy.refuse',
    weigh: (reading) => {
      const asked = reading.open?.kind === 'consent';
      const refuses = hears(reading, 'disagree');
      const bare = unexplained(reading, 'disagree', 'no', 'self', 'thanks', 'privacy-word') <= 3;
      return reasons(
        [refuses && (asked || bare || hears(reading, 'privacy-word')), 4, 'does not agree'],
        [asked && hears(reading, 'no') && bare, 4, 'says no to the open question'],
        [asked && !bare && reading.addressed && lastClauseIs(reading, 'disagree'), 4, 'refuses in the end'],
        [hears(reading, 'refuse-data'), 5, 'wants nothing kept'],
        [reading.open?.kind === 'confirm', -3, 'the open question is another'],
        [hears(reading, 'undecided'), -4, 'has not decided'],
        [asksAboutIt(reading), -8, 'asks about it'],
      );
    },
    slots: noSlots,
    overheard: (reading) =>
      reading.open?.kind === 'consent' &&
      unexplained(reading, 'disagree', 'no', 'self', 'thanks', 'privacy-word') === 0,
  },
];

/** 字小看不清，不过我同意: the no before it is about something else. */
function agreesAtLast(reading: Reading): boolean {
  return reading.addressed && lastClauseIs(reading, 'agree');
}

/** 看看我存在你们这的信息: what is one's own and kept here, and a word for seeing it. */
function asksForOwnData(reading: Reading): boolean {
  if (!speaksOfOwnData(reading) || hears(reading, 'erases', 'report', 'complaint')) return false;
  return hears(reading, 'kept') && hears(reading, 'looks-up', 'which');
}

/** 当初留的电话和住址帮我抹掉. */
function erasesOwnData(reading: Reading): boolean {
  if (hears(reading, 'other-party', 'told')) return false;
  return hears(reading, 'erases') && hears(reading, 'own-data') && hears(reading, 'self', 'own-family', 'kept');
}

// From which list or for which activity is told in more.
const LEFT_OF_ERASING = 1;
const BESIDE_ERASING = ['erase-me', 'privacy-delete', 'erases', 'own-data', 'kept', 'stop', 'no', 'gives-up'] as const;

/** 把我删了吧 without a list, an activity or a pledge that it could be about. */
function erasesPerson(reading: Reading): boolean {
  if (!hears(reading, 'erase-me') || reading.activity()?.open === true) return false;
  return unexplained(reading, ...BESIDE_ERASING, 'self', 'own-family', 'request', 'thanks') <= LEFT_OF_ERASING;
}

function speaksOfOwnData(reading: Reading): boolean {
  return hears(reading, 'own-data') && hears(reading, 'self', 'own-family') && !hears(reading, 'other-party', 'told');
}
