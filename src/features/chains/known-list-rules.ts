/** Whether a copy belongs to a list that is known, or begins a new one. Pure. */
import type { Chain } from '../../model/chain.ts';
import { alikeness, bare } from './line-rules.ts';

export interface HeardList {
  readonly chatId: string | null;
  /** The platform's own id, hashed. */
  readonly nativeKey: string | null;
  readonly initiatorKey: string | null;
  readonly themeKey: string;
  readonly theme: string;
  readonly lineKeys: readonly string[];
  readonly at: Date;
}

export interface KnownList {
  readonly chain: Pick<Chain, 'id' | 'chatId' | 'nativeKey' | 'initiatorKey' | 'themeKey' | 'theme' | 'heardAt'>;
  readonly lineKeys: ReadonlySet<string>;
  /** Whether what it was about has begun. */
  readonly isOver: boolean;
}

const HOUR_MS = 3_600_000;
// A weekly activity starts its list anew; one list is seldom joined for longer.
export const SAME_LIST_WITHIN_MS = 6 * 24 * HOUR_MS;
// Somebody who joins a list posts it whole; a day later one or two lines alone are a new one.
const RESTART_AFTER_MS = 20 * HOUR_MS;
const RESTART_AT_MOST = 2;
const RESTART_FROM = 4;
// In another chat the same words over it are not enough: every building may have a list of its own.
const SHARED_ELSEWHERE = 0.6;
const SHARED_HERE = 0.5;

/** The id of the list it belongs to, the likeliest of several; `null`: a new one. */
export function findKnownList(heard: HeardList, known: readonly KnownList[]): string | null {
  const native = known.find(({ chain }) => heard.nativeKey !== null && chain.nativeKey === heard.nativeKey);
  if (native !== undefined) return native.chain.id;
  const fitting = known
    .filter((list) => mayBeSame(heard, list))
    .map((list) => ({ list, share: shareOf(heard.lineKeys, list.lineKeys) }))
    .filter(({ list, share }) => isSame(heard, list, share))
    .sort(
      (one, other) => other.share - one.share || other.list.chain.heardAt.getTime() - one.list.chain.heardAt.getTime(),
    );
  return fitting[0]?.list.chain.id ?? null;
}

function mayBeSame(heard: HeardList, { chain, isOver }: KnownList): boolean {
  if (heard.nativeKey !== null && chain.nativeKey !== null) return false;
  const gap = Math.abs(heard.at.getTime() - chain.heardAt.getTime());
  return !isOver && gap <= SAME_LIST_WITHIN_MS;
}

function isSame(heard: HeardList, list: KnownList, share: number): boolean {
  const { chain, lineKeys } = list;
  const sameTheme = chain.themeKey === heard.themeKey;
  const sameStarter = heard.initiatorKey !== null && chain.initiatorKey === heard.initiatorKey;
  const isHere = heard.chatId !== null && chain.chatId === heard.chatId;
  if (sameTheme && (isHere || sameStarter)) return !isRestart(heard, list);
  if (isHere && !sameTheme) {
    const isSameList = share >= SHARED_HERE && Math.min(heard.lineKeys.length, lineKeys.size) > 1;
    return isSameList && isEditedTheme(heard.theme, chain.theme);
  }
  // Pasted without a word about its group, it is the list of these words that holds any of its lines.
  if (heard.chatId === null) return sameTheme && share > 0;
  return sameTheme && share >= SHARED_ELSEWHERE;
}

// The words over a list are put right now and then; other figures are another day.
const EDITED = 0.6;

function isEditedTheme(one: string, other: string): boolean {
  return figuresIn(one) === figuresIn(other) && alikeness(bare(one), bare(other)) >= EDITED;
}

function figuresIn(theme: string): string {
  return (theme.normalize('NFKC').match(/\d+/g) ?? []).join(' ');
}

function isRestart({ lineKeys, at }: HeardList, known: KnownList): boolean {
  const waited = at.getTime() - known.chain.heardAt.getTime();
  return waited > RESTART_AFTER_MS && lineKeys.length <= RESTART_AT_MOST && known.lineKeys.size >= RESTART_FROM;
}

/** Of the shorter of both lists. */
function shareOf(ours: readonly string[], theirs: ReadonlySet<string>): number {
  const own = new Set(ours);
  const least = Math.min(own.size, theirs.size);
  if (least === 0) return 0;
  let shared = 0;
  for (const key of own) shared += theirs.has(key) ? 1 : 0;
  return shared / least;
}
