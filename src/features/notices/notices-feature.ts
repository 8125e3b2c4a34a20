/** Notices: they go out when due, and residents may say that they have read them. */
import type { Feature, Outcome, Turn } from '../../runtime/feature.ts';
import { acknowledgeNotice } from './notice-receipt-service.ts';
import { RELEASE_JOB } from './notice-schedule.ts';
import { releaseDueNotices } from './notice-service.ts';
import { NOTICE_TEXTS, say } from './notice-texts.ts';

export function createNotices(): Feature {
  return {
    name: 'notices',
    intents: ['notice.acknowledge'],
    texts: NOTICE_TEXTS,
    act: receive,
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
