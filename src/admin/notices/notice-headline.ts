/** The number that matters about a notice that is out, as the committee reads it first. */
import { countFates, type FateCounts, type GroupFate, isPulled } from '../../features/notices/notices-rules.ts';
import { noticeHeadline } from '../../features/notices/notices-service.ts';
import { type Visit, wordsFor } from '../visit.ts';
import type { GroupStandings } from './group-standing.ts';
import { NOTICES_PAGE_TEXTS } from './notices-texts.ts';

/** A group that the bot has left cannot be tried again; what a person took back is not to be. */
export function isRetryable(group: GroupFate): boolean {
  return (group.fate === 'refused' || group.fate === 'expired') && !isPulled(group);
}

export function headlineWords(visit: Visit, fates: readonly GroupFate[], standings: GroupStandings): string {
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
  return counts.failed + counts.unsure === 0 && counts.waiting > 0
    ? waitingWords(visit, fates, standings)
    : countedWords(visit, counts);
}

function countedWords(visit: Visit, counts: FateCounts): string {
  const { key, variables } = noticeHeadline(counts);
  return visit.content.texts.render(visit.community.locale, key, variables, key);
}

/** Nights and caps hold up only what waits in line: not what a person forwards, nor what waits for a connection. */
function waitingWords(visit: Visit, fates: readonly GroupFate[], { byHand, away }: GroupStandings): string {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const counts = countFates(fates);
  const { sent } = counts;
  const queuedIn = (ids: ReadonlySet<string>) =>
    fates.filter(({ fate, chatId }) => fate === 'queued' && ids.has(chatId)).length;
  const [forPeople, cutOff] = [queuedIn(byHand), queuedIn(away)];
  const inLine = counts.waiting - forPeople - cutOff;
  if (inLine + cutOff === 0) return words('notices.waiting-by-hand', { waiting: forPeople, sent });
  const line = inLine === 0 ? null : countedWords(visit, { ...counts, waiting: inLine });
  const first = line ?? words('notices.waiting-away', { waiting: cutOff, sent });
  const before = line === null || cutOff === 0 ? first : words('notices.also-away', { before: first, count: cutOff });
  return forPeople === 0 ? before : words('notices.also-by-hand', { before, count: forPeople });
}
