/** The number that matters about a notice that is out, as the committee reads it first. */
import { countFates, type GroupFate, isPulled } from '../../features/notices/notices-rules.ts';
import { noticeHeadline } from '../../features/notices/notices-service.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { NOTICES_PAGE_TEXTS } from './notices-texts.ts';

/** A group that the bot has left cannot be tried again; what a person took back is not to be. */
export function isRetryable(group: GroupFate): boolean {
  return (group.fate === 'refused' || group.fate === 'expired') && !isPulled(group);
}

/** `byHand`: the groups that a person forwards to; nothing but that person holds them up. */
export function headlineWords(visit: Visit, fates: readonly GroupFate[], byHand: ReadonlySet<string>): string {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const counts = countFates(fates);
  const { pulled, recalled } = counts;
  if (recalled > 0 && counts.failed === 0) {
    const left = counts.groups;
    return left === 0 ? words('notices.recalled', { recalled }) : words('notices.recalled-of', { recalled, left });
  }
  if (pulled > 0 && counts.failed === 0) {
    return words('notices.taken-back-partly', { pulled, gone: counts.groups });
  }
  if (counts.failed > 0 && !fates.some(isRetryable)) {
    return words('notices.left-out', { sent: counts.sent, failed: counts.failed });
  }
  const queued = fates.filter(({ fate }) => fate === 'queued');
  const isForPeople = queued.length > 0 && queued.every(({ chatId }) => byHand.has(chatId));
  if (isForPeople && counts.failed + counts.unsure === 0) {
    return words('notices.waiting-by-hand', { waiting: queued.length, sent: counts.sent });
  }
  const { key, variables } = noticeHeadline(counts);
  return visit.content.texts.render(visit.community.locale, key, variables, key);
}
