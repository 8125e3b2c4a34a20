/** The buttons beside a message that the owner of a group is to send in WeCom. */
import type { Flash } from '../flash.ts';
import { goTo, showNothingThere } from '../page-answer.ts';
import { actOf, type Visit } from '../visit.ts';
import {
  handAgain,
  handToOwner,
  lookAtOwner,
  MOST_REMINDERS,
  type OwnerAnswer,
  type OwnerParts,
  remindOwner,
} from './owner-service.ts';

const PATH = '/forwarding';

export function handOver(visit: Visit): Promise<Response> {
  return act(visit, handToOwner, () => ({ key: 'owner.handed-over' }));
}

export function handOverAgain(visit: Visit): Promise<Response> {
  return act(visit, handAgain, () => ({ key: 'owner.handed-over' }));
}

export function remind(visit: Visit): Promise<Response> {
  return act(visit, remindOwner, (done) =>
    done === 'reminded'
      ? { key: 'owner.reminded' }
      : { key: 'owner.reminded-enough', variables: { most: MOST_REMINDERS }, isTrouble: true },
  );
}

export function look(visit: Visit): Promise<Response> {
  return act(visit, lookAtOwner, (state) => {
    switch (state) {
      case 'sent':
        return { key: 'owner.confirmed' };
      case 'waiting':
        return { key: 'owner.still-waiting' };
      case 'held-back':
        return { key: 'owner.held-back', isTrouble: true };
    }
  });
}

type Work<T> = (parts: OwnerParts, outboxId: string, act: ReturnType<typeof actOf>) => Promise<OwnerAnswer<T>>;

async function act<T>(visit: Visit, work: Work<T>, told: (value: T) => Flash): Promise<Response> {
  const { parts, context } = visit;
  const { owners, plainText } = parts.byHand;
  if (owners === null) return showNothingThere(visit);
  const given = { store: parts.store, owners, plainText };
  const answer = await work(given, context.req.param('id') ?? '', actOf(visit));
  if (answer.ok) return goTo(visit, PATH, told(answer.value));
  const { why } = answer;
  if (why === 'gone') return goTo(visit, PATH, { key: 'forward.gone', isTrouble: true });
  const variables = { number: why.number ?? '–' };
  return goTo(visit, PATH, { key: `owner.trouble-${why.code}`, variables, isTrouble: true });
}
