/** Talk with the bot itself: what it can do, thanks, questions it passes on, and who is speaking. */
import { type IntentReader, noSlots, reasons } from '../evidence.ts';
import { withoutPadding } from '../padding.ts';
import { hears, type Reading, unexplained } from '../reading.ts';

// 这玩意, 帮我看看: what a plea for help still holds beside its words.
const LEFT_OF_HELP = 4;
const SHORTEST_QUESTION = 4;

export const FRONT_DESK_INTENTS: readonly IntentReader[] = [
  {
    intent: 'help',
    weigh: (reading) =>
      reasons(
        [hears(reading, 'help'), 5.5, 'asks what the bot can do'],
        [
          hears(reading, 'help') && unexplained(reading, 'help', 'greet', 'asks', 'self') > LEFT_OF_HELP,
          -4,
          'speaks of something else too',
        ],
        [hears(reading, 'greet') && unexplained(reading, 'greet') === 0, 4, 'greets the bot'],
      ),
    slots: noSlots,
  },
  {
    intent: 'thanks',
    weigh: (reading) =>
      reasons(
        [hears(reading, 'thanks') && unexplained(reading, 'thanks', 'yes', 'acknowledge', 'greet') <= 3, 3.5, 'thanks'],
        [hears(reading, 'acknowledge'), -1, 'and says it was read'],
        [hears(reading, 'asks'), -3, 'asks something'],
      ),
    slots: noSlots,
  },
  {
    intent: 'question',
    weigh: (reading) =>
      reasons(
        [hears(reading, 'asks'), 3, 'asks'],
        [
          hears(reading, 'asks') && hears(reading, 'domain', 'pledge', 'sign-up-noun'),
          0.75,
          'about what the bot is for',
        ],
        [
          !hears(reading, 'asks') && hears(reading, 'source') && hears(reading, 'tip'),
          3,
          'asks where a tip comes from',
        ],
        [hears(reading, 'call-person'), 5, 'calls for a person'],
        [hears(reading, 'call-person') && hears(reading, 'join-plainly'), -3, 'only after signing up'],
        [hears(reading, 'offers-help'), 4.5, 'offers a helping hand'],
        [isEmergency(reading), 9, 'needs help at once'],
        [hears(reading, 'small-talk') && !isAboutActivity(reading), -4, 'passes the time'],
        [isTooShort(reading), -2, 'too short to be answered'],
      ),
    slots: (reading) => ({ text: questionText(reading) }),
  },
  {
    intent: 'household.give',
    weigh: (reading) => {
      const said = reading.household !== undefined;
      return reasons(
        [hears(reading, 'wrong-door'), said ? 0.5 : 4, 'says that the door is wrong'],
        [hears(reading, 'not-our-door'), 6, 'says that it is the door of others'],
        [said && hears(reading, 'lives'), 3.5, 'says where the family lives'],
        [said && !hears(reading, 'lives') && onlyAddress(reading), 3.5, 'only an address'],
        [said && hears(reading, 'asks'), -3, 'asks something'],
        [said && reading.hits.has('issue'), -2, 'names a nuisance'],
      );
    },
    slots: (reading) => {
      const { household } = reading;
      return household === undefined || hears(reading, 'not-our-door') ? {} : { household };
    },
  },
  {
    intent: 'name.give',
    weigh: (reading) => {
      const name = hears(reading, 'self') ? reading.name() : undefined;
      const short = name !== undefined && lettersOf(reading.rest) - lettersOf(name) <= 5;
      return reasons(
        [short && reading.phone === undefined, 3.25, 'introduces themselves'],
        [short && hears(reading, 'asks'), -3, 'asks'],
      );
    },
    slots: (reading) => {
      const name = reading.name();
      return name === undefined ? {} : { name };
    },
  },
];

/** 植树下雨还去吗 is more than the weather. */
function isAboutActivity(reading: Reading): boolean {
  return hears(reading, 'sign-up-noun') || reading.activity()?.open === true;
}

/** 收费吗 can be answered, 干嘛 can not. */
function isTooShort(reading: Reading): boolean {
  return questionText(reading).length < SHORTEST_QUESTION && !hears(reading, 'domain') && !isEmergency(reading);
}

/** A drill or a talk about it is none, and 救护车进不来 speaks of the cars in its way. */
function isEmergency(reading: Reading): boolean {
  if (!hears(reading, 'emergency') || reading.hits.has('calm') || reading.hits.has('issue')) return false;
  return !hears(reading, 'join-plainly', 'publish-activity', 'publish-notice', 'pledge');
}

function questionText(reading: Reading): string {
  return withoutPadding(reading.text, reading.said, reading.vocabulary.padding);
}

function onlyAddress(reading: Reading): boolean {
  return lettersOf(reading.rest) <= 3;
}

function lettersOf(text: string): number {
  return text.replace(/[^\p{Letter}\p{Number}]/gu, '').length;
}
