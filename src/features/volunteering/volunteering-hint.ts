/** What words that nobody claimed mean to somebody who comes to activities. Writes nothing. */
import type { Understood } from '../../model/understanding.ts';
import type { Turn } from '../../runtime/feature.ts';
import { findActivity } from '../../store/activity-table.ts';
import { aboutMeant, asksAbout } from './about-turn.ts';
import { type HeardTurn, hearToday, openAhead, ownAhead, saidOf, saysWhich } from './heard-turn.ts';
import { holdsWords } from './shift-match.ts';
import { bringsMore } from './spoken.ts';
import { wantsSwap } from './swap-turn.ts';
import { rememberVolunteeringWords, type WordContent } from './volunteering-words.ts';

/** `readAs`: this feature can act on it. `about`: only a person can, and this is the activity it is about. */
export type VolunteeringHint = { readonly readAs: Understood } | { readonly about: string };

/** Asked before a message is given to a person of the committee, or said not to be understood. */
export function createVolunteeringHint(content: () => WordContent): (turn: Turn) => Promise<VolunteeringHint | null> {
  const words = rememberVolunteeringWords(content);
  return async (turn) => {
    const heard = await hearToday(turn, words());
    return (await ownMatter(heard)) ?? (await wish(heard)) ?? (await asked(heard)) ?? named(heard);
  };
}

const LIST: VolunteeringHint = { readAs: { intent: 'sign-up.list', slots: {} } };

/** What I signed up for, where I stand, what I take back. */
async function ownMatter(heard: HeardTurn): Promise<VolunteeringHint | null> {
  const { kinds, rest } = heard.spoken;
  if (rest.length <= 1 && (kinds.has('own') || kinds.has('position'))) return LIST;
  // 就是明天那个，在哪儿几点 asks, and 就是 changes nothing.
  if (wantsSwap(heard.spoken) && !asksAbout(heard.spoken) && (await ownAhead(heard)).length > 0) {
    return { readAs: { intent: 'sign-up.cancel', slots: {} } };
  }
  const takesBack = kinds.has('cancel') && !isQuestion(heard);
  if (!takesBack && !kinds.has('consider')) return null;
  const own = await ownAhead(heard);
  const meant = saidOf(
    heard,
    own.map(({ shift }) => shift),
  );
  if (meant.length === 0) return null;
  if (takesBack) return { readAs: { intent: 'sign-up.cancel', slots: activityOf(heard) } };
  const isHeld = own.some(({ signUp, shift }) => signUp.state === 'offered' && meant.includes(shift));
  return isHeld && rest === '' ? LIST : null;
}

/** To come, with how many, or with one more. */
async function wish(heard: HeardTurn): Promise<VolunteeringHint | null> {
  const { kinds, party, dates, rest } = heard.spoken;
  if (isQuestion(heard)) return null;
  const comes = kinds.has('join') || heard.understood.slots.yes === true;
  const changes = party !== undefined || bringsMore(heard.spoken) || kinds.has('again');
  if (!comes && !changes) return null;
  const [date] = dates;
  const slots = {
    ...activityOf(heard),
    ...(party === undefined ? {} : { party }),
    ...(date === undefined ? {} : { date }),
  };
  const readAs = { readAs: { intent: 'sign-up.join', slots } } as const;
  if (saysWhich(heard.spoken)) return saidOf(heard, await openAhead(heard)).length > 0 ? readAs : null;
  if (rest !== '') return null;
  if (kinds.has('again')) return readAs;
  const own = await ownAhead(heard);
  if (changes) return own.length > 0 ? readAs : null;
  return own.some(({ signUp }) => signUp.state === 'offered') ? readAs : null;
}

/** When, where, what to bring, whether there is room, what there is. */
async function asked(heard: HeardTurn): Promise<VolunteeringHint | null> {
  const { kinds, rest, dates } = heard.spoken;
  // 活动室在哪 holds the words and asks for something else.
  if (rest.length === 1) return null;
  if (asksAbout(heard.spoken)) {
    const shift = await aboutMeant(heard);
    if (shift === null) return null;
    if (!kinds.has('bring')) return LIST;
    const activity = await findActivity(heard.tx, shift.communityId, shift.activityId);
    return activity === null || activity.details === '' ? { about: shift.title } : LIST;
  }
  return kinds.has('whats-on') && !kinds.has('cancel') && rest === '' && (dates.length > 0 || isQuestion(heard))
    ? LIST
    : null;
}

/** A question for a person that names an activity. */
async function named(heard: HeardTurn): Promise<VolunteeringHint | null> {
  if (!isQuestion(heard)) return null;
  const { rest } = heard.spoken;
  const shifts = await openAhead(heard);
  const found =
    shifts.find((shift) => heard.text.includes(shift.title)) ?? shifts.find((shift) => holdsWords(rest, shift));
  return found === undefined ? null : { about: found.title };
}

function isQuestion({ understood }: Turn): boolean {
  return understood.intent === 'question';
}

function activityOf({ spoken: { rest } }: HeardTurn): { activity?: string } {
  return rest.length > 1 ? { activity: rest } : {};
}
