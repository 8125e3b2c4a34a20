/** A household's pledges: making, changing, ending and seeing them. */
import type { Slots } from '../../model/understanding.ts';
import { maskPeople } from '../count-slot.ts';
import { type IntentReader, noSlots, reasons } from '../evidence.ts';
import { distinctValues } from '../habit-slot.ts';
import type { Hit } from '../lexicon.ts';
import { asksAboutIt, hears, hitsOf, type Reading, unexplained, unexplainedOf } from '../reading.ts';
import { maskSpans } from '../text-mask.ts';
import { leftOfPledge } from './overheard.ts';
import { changedHabits, changedPeople, saysAfterAsking, wantsToAmend } from './pledge-changes.ts';

// 出门, 买菜, 再扔: what is said around each habit.
const LEFT_OF_PLEDGE = 4;
const LEFT_OF_HABIT = 4;

export const PLEDGE_INTENTS: readonly IntentReader[] = [
  {
    intent: 'pledge.make',
    weigh: (reading) => {
      const names = namesAnything(reading);
      const pledges = hears(reading, 'pledge');
      const intends = hears(reading, 'intends');
      const family = hears(reading, 'own-family', 'self');
      return reasons(
        [pledges, 2, 'says pledge'],
        [names, 2, 'names a habit'],
        [family && (pledges || names), 1, 'speaks for the own family'],
        [!pledges && intends && names, 1, 'means to do it from now on'],
        [!pledges && !intends && names, -2, 'neither pledge nor intention'],
        [!pledges && names && wantsItPutDown(reading), 3.5, 'wants it put down for the family'],
        [isBareHabit(reading), 4, 'names a habit and nothing else'],
        [isBareTopic(reading), 3, 'names a kind of habits and the own family, and nothing else'],
        [!pledges && names && tellsDoor(reading), intends ? 1 : 3, 'puts habits beside the door of the family'],
        [pledges && !family && hears(reading, 'request'), 1, 'asks to be put down'],
        [pledges && unexplained(reading, 'pledge') === 0, 1, 'says nothing else'],
        [pledges && reading.household !== undefined, 1, 'says where the family lives'],
        [reading.counts.members !== undefined && (pledges || names), 0.5, 'says how many they are'],
        [asksAboutIt(reading) && !asksLeave(reading), -4, 'asks about it'],
        [isOfOthers(reading), -4, 'someone else pledged'],
        [hears(reading, 'not-done') || deniesPledge(reading), -4, 'did not'],
        [!pledges && hears(reading, 'remove'), -3, 'wants to be rid of it'],
        [hears(reading, 'check-in') && !pledges, -3, 'records what was done'],
      );
    },
    slots: (reading) => ({ ...habitsAndTopics(reading), ...family(reading) }),
    overheard: (reading) =>
      hears(reading, 'pledge') &&
      hears(reading, 'own-family', 'self') &&
      namesAnything(reading) &&
      !hears(reading, 'asks', 'told') &&
      leftOfPledge(reading) <= LEFT_OF_PLEDGE + LEFT_OF_HABIT * reading.habits.habits.length,
  },
  {
    intent: 'pledge.change',
    weigh: (reading) => {
      const changes = changedHabits(reading);
      const some = changes.add.length + changes.remove.length > 0;
      const people = changedPeople(reading);
      return reasons(
        [some && changes.swaps && changes.remove.length > 0, 4, 'one habit for another'],
        [some && (hears(reading, 'add', 'remove') || changes.swaps || changes.takesOut), 3, 'a habit comes or goes'],
        [(some || people !== undefined) && hears(reading, 'pledge-standing'), 2.5, 'speaks of the pledge that stands'],
        [some && hears(reading, 'pledge') && changes.takesOut, 2.5, 'takes something out of the pledge'],
        [hears(reading, 'change-pledge'), 3.5, 'wants to change the pledge'],
        [people !== undefined, 3.5, 'the family is of another size'],
        [wantsToAmend(reading), 3.5, 'wants to change something'],
        [asksAboutIt(reading) && !saysAfterAsking(reading), -3, 'asks about it'],
      );
    },
    slots: (reading) => {
      const { add, remove } = changedHabits(reading);
      const people = changedPeople(reading);
      return {
        ...(add.length === 0 ? {} : { add }),
        ...(remove.length === 0 ? {} : { remove }),
        ...(people === undefined ? {} : { people }),
      };
    },
  },
  {
    intent: 'pledge.withdraw',
    weigh: (reading) =>
      reasons(
        [hears(reading, 'withdraw'), 5.5, 'ends the pledge'],
        [familyQuits(reading), 5.5, 'the family is out'],
        [!hears(reading, 'withdraw') && takesPledgeBack(reading), 5.5, 'takes the pledge back'],
        [reading.habits.habits.length > 0, -3, 'names single habits'],
        [asksAboutIt(reading) && !asksLeave(reading), -4, 'asks about it'],
      ),
    slots: noSlots,
  },
  {
    intent: 'pledge.show',
    weigh: (reading) => {
      const shows = hears(reading, 'show-pledge');
      return reasons(
        [shows, 5, 'asks what the family pledged'],
        [!shows && looksUpPledge(reading), 5, 'wants to see the pledge'],
        [hears(reading, 'about-pledge'), -4, 'asks what a pledge is'],
        [hears(reading, 'change-pledge', 'withdraw'), -4, 'wants more than to see it'],
        [
          shows && !hears(reading, 'own-family', 'self') && reading.household === undefined,
          -2,
          'not of the own family',
        ],
        [shows && namesAnything(reading), -3, 'names what is pledged'],
      );
    },
    slots: noSlots,
  },
];

/** 别的承诺不了，就承诺光盘: what is denied is not all that is pledged. */
function deniesPledge(reading: Reading): boolean {
  const denied = hitsOf(reading, 'not-pledge');
  const pledged = hitsOf(reading, 'pledge');
  return (
    denied.length > 0 && pledged.every((hit) => denied.some(({ start, end }) => start <= hit.start && hit.start < end))
  );
}

/** 隔壁都承诺了，我们家也来，光盘: in another clause the own family follows. */
function isOfOthers(reading: Reading): boolean {
  const [others] = hitsOf(reading, 'other-party');
  if (others === undefined || hears(reading, 'put-down')) return false;
  return !hitsOf(reading, 'own-family').some(
    ({ start, end }) =>
      start > others.end &&
      /[,.;!?\n]/.test(reading.text.slice(others.end, start)) &&
      reading.habits.habits.some((habit) => habit.start >= end),
  );
}

/** 我家承诺…，中不中: the question is only whether it is all right so. */
export function asksLeave(reading: Reading): boolean {
  if (saysAfterAsking(reading)) return true;
  const tags = hitsOf(reading, 'tag-question');
  return hitsOf(reading, 'asks').every((ask) => tags.some((tag) => tag.start <= ask.start && ask.start <= tag.end));
}

/** 给我家记上走路上班; what was done is a check-in. */
function wantsItPutDown(reading: Reading): boolean {
  return (
    hears(reading, 'put-down') &&
    !hears(reading, 'done', 'today', 'check-in', 'add', 'remove') &&
    reading.activity()?.open !== true
  );
}

const LONGEST_BARE_HABIT = 40;

/** 光盘: to the bot its name alone is a wish. What is also a matter to ask about (垃圾分类) may be that. */
function isBareHabit(reading: Reading): boolean {
  const { habits } = reading.habits;
  if (
    habits.length === 0 ||
    reading.open !== null ||
    reading.text.length > LONGEST_BARE_HABIT ||
    hears(reading, 'domain', 'waste-ask')
  )
    return false;
  return unexplainedOf(reading, maskSpans(reading.rest, habits)) === 0;
}

/** 我家节水: the family and what it is for. */
function isBareTopic(reading: Reading): boolean {
  const { habits, topics } = reading.habits;
  if (topics.length === 0 || habits.length > 0 || !hears(reading, 'own-family')) return false;
  if (reading.text.length > LONGEST_BARE_HABIT || hears(reading, 'complaint', 'done', 'today')) return false;
  return unexplainedOf(reading, maskSpans(reading.rest, topics), 'own-family', 'self', 'filler') === 0;
}

/** 3-2-501，节约用电，垃圾分类: nobody leaves the door of the family beside a habit to tell of something else. */
function tellsDoor(reading: Reading): boolean {
  if (reading.household?.room === undefined || reading.hits.has('issue')) return false;
  return !hears(reading, 'done', 'today', 'check-in', 'complaint', 'report', 'add', 'remove', 'waste-ask');
}

/** 承诺我反悔了，不做了: without a habit it is all of it that goes. */
function takesPledgeBack(reading: Reading): boolean {
  if (!hears(reading, 'pledge') || namesAnything(reading) || reading.activity()?.open === true) return false;
  if (hears(reading, 'not-pledge', 'keeps', 'add', 'swap', 'change-pledge', 'family-size')) return false;
  return hears(reading, 'remove', 'takes-back', 'cancel-plainly', 'repents');
}

/** 我家报的那几项承诺给列一下; who only looks before promising is undecided. */
function looksUpPledge(reading: Reading): boolean {
  if (!hears(reading, 'pledge') || !hears(reading, 'own-family', 'self') || namesAnything(reading)) return false;
  return hears(reading, 'looks-up') && !hears(reading, 'other-party', 'undecided', 'not-pledge');
}

/** Whole families take part in pledges; to an activity people come. */
export function familyQuits(reading: Reading): boolean {
  return hears(reading, 'family-quits') && reading.dates.length === 0 && reading.activity()?.open !== true;
}

function namesAnything({ habits }: Reading): boolean {
  return habits.habits.length + habits.topics.length > 0;
}

function habitsAndTopics(reading: Reading): Slots {
  const meant = [...reading.habits.habits, ...reading.habits.topics].filter((hit) => !isTakenBack(reading, hit));
  const ids = distinctValues(meant.filter(({ kind }) => kind === 'habit'));
  const topics = distinctValues(meant.filter(({ kind }) => kind === 'topic'));
  return { ...(ids.length === 0 ? {} : { habits: ids }), ...(topics.length === 0 ? {} : { topics }) };
}

export function family(reading: Reading): Slots {
  const members = reading.counts.members ?? peopleTold(reading);
  return {
    ...(reading.household === undefined ? {} : { household: reading.household }),
    ...(members === undefined ? {} : { people: members }),
  };
}

/** 走楼梯……说错了，是坐公交; 不是光盘是自带水杯: what is taken back goes, where another comes after it. */
function isTakenBack({ habits, hits }: Reading, hit: Hit): boolean {
  const all = [...habits.habits, ...habits.topics];
  const followed = all.some(({ start }) => start >= hit.end);
  if (followed && (hits.get('not-this') ?? []).some(({ end }) => end === hit.start)) return true;
  return (hits.get('misspoke') ?? []).some((slip) => {
    const before = Math.max(...all.filter(({ end }) => end <= slip.start).map(({ end }) => end));
    const goes = all.find(({ end }) => end === before)?.value;
    const comes = all.find(({ start }) => start >= slip.end)?.value;
    // 拔插头，哦不，是随手关灯，拔插头记不住: why it goes is said after.
    return hit.value === goes && comes !== undefined && (hit.end === before || comes !== goes);
  });
}

/** 三个人, 我和老伴: beside a pledge they are the family. */
function peopleTold({ rest, counts, vocabulary }: Reading): number | undefined {
  return maskPeople(rest, vocabulary.count) === rest ? undefined : counts.party;
}
