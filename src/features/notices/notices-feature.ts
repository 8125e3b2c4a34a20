/** Notices: they go out when due, and residents may say that they have read them. */
import type { Feature, Outcome, Turn } from '../../runtime/feature.ts';
import { NOTICES_SCHEDULES, RELEASE_JOB } from './notices-schedule.ts';
import { releaseDueNotices } from './notices-service.ts';
import { NOTICES_TEXTS, say } from './notices-texts.ts';
import { acknowledgeNotice } from './receipt-service.ts';

export function createNotices(): Feature {
  return {
    name: 'notices',
    intents: ['notice.acknowledge'],
    texts: NOTICES_TEXTS,
    act: receive,
    schedules: () => NOTICES_SCHEDULES,
    jobs: {
      [RELEASE_JOB]: async ({ tx, community, now }) => ({ messages: await releaseDueNotices(tx, community, now) }),
    },
  };
}

/** The word of thanks is private: two hundred of them would bury the notice in its group. */
async function receive(turn: Turn): Promise<Outcome> {
  if (!turn.addressed) return { messages: [] };
  const result = await acknowledgeNotice(turn.tx, turn);
  if (result.ok) {
    const said = result.first ? say('notice.received') : say('notice.received-before');
    return { messages: [{ to: 'in-private', said }] };
  }
  return turn.chat.kind === 'direct' ? { messages: [{ to: 'here', said: say('notice.none-open') }] } : { messages: [] };
}
