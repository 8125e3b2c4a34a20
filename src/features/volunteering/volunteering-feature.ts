/** Volunteers sign up for activities in plain words, change their minds, wait and move up. */
import { mayMakeRecords } from '../../model/staff.ts';
import type { DueSlot, Effects, Feature, Outcome, Turn } from '../../runtime/feature.ts';
import { findStaffOfChat } from '../../store/staff-chat-table.ts';
import { answer } from './answer-turn.ts';
import { cancel } from './cancel-turn.ts';
import { type HeardTurn, hearToday } from './heard-turn.ts';
import { join } from './join-turn.ts';
import { list } from './list-turn.ts';
import { remindVolunteers } from './reminder-service.ts';
import { lapseOffers } from './sign-up-service.ts';
import { unclear } from './unclear-turn.ts';
import { FEATURE } from './volunteering-answers.ts';
import { OFFERS_JOB, REMINDERS_JOB, VOLUNTEERING_SCHEDULES } from './volunteering-schedules.ts';
import { say, VOLUNTEERING_TEXTS } from './volunteering-texts.ts';
import { rememberVolunteeringWords, type WordContent } from './volunteering-words.ts';

export interface VolunteeringParts {
  /** The last good set: tables are taken over while the bot runs. */
  readonly content: () => WordContent;
}

export function createVolunteering({ content }: VolunteeringParts): Feature {
  const words = rememberVolunteeringWords(content);
  return {
    name: FEATURE.name,
    intents: ['sign-up.join', 'sign-up.cancel', 'sign-up.list', 'staff.activity'],
    texts: VOLUNTEERING_TEXTS,
    act: async (turn) => act(await hearToday(turn, words())),
    unclear: async (turn) => unclear(await hearToday(turn, words())),
    schedules: () => VOLUNTEERING_SCHEDULES,
    jobs: {
      [OFFERS_JOB]: ({ tx, community, now }: DueSlot): Promise<Effects> => lapseOffers(tx, community, now),
      [REMINDERS_JOB]: ({ tx, community, now }: DueSlot): Promise<Effects> => remindVolunteers(tx, community, now),
    },
  };
}

async function act(turn: HeardTurn): Promise<Outcome> {
  const answered = turn.conversation === null ? null : await answer(turn, turn.conversation);
  if (answered !== null) return answered;
  switch (turn.understood.intent) {
    case 'sign-up.join':
      return join(turn);
    case 'sign-up.cancel':
      return cancel(turn);
    case 'sign-up.list':
      return list(turn);
    case 'staff.activity':
      return byCommittee(turn);
    default:
      return { messages: [], ask: null };
  }
}

/** Activities are made on the committee's pages; only who has bound this very chat to their account is shown the way in. */
async function byCommittee({ tx, addressed, community, chat }: Turn): Promise<Outcome> {
  if (!addressed) return { messages: [] };
  const staff = await findStaffOfChat(tx, community.id, chat.id);
  if (staff === null || !mayMakeRecords(staff, community.id)) {
    return { messages: [{ to: 'here', said: say('activity.by-committee') }], ask: null };
  }
  const link = { label: say('activity.on-page-open'), path: '/admin/activities/new' };
  return { messages: [{ to: 'here', said: { ...say('activity.on-page'), link } }], ask: null };
}
