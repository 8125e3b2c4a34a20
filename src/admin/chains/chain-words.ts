/** A chain, what it is about and its entries, in the words of the page. */
import type { ChainEntryView, ChainView, TargetView } from '../../features/chains/chains-service.ts';
import type { HouseholdPlace } from '../../model/understanding.ts';
import { dayWords, timeWords } from '../local-words.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { CHAINS_PAGE_TEXTS } from './chains-texts.ts';

export function themeWords(visit: Visit, theme: string): string {
  return theme === '' ? wordsFor(visit, CHAINS_PAGE_TEXTS)('chains.no-theme') : theme;
}

export function aboutWords(visit: Visit, { state, about }: Pick<ChainView, 'state' | 'about'>): string {
  const words = wordsFor(visit, CHAINS_PAGE_TEXTS);
  if (state === 'not-ours') return words('chains.about-not-ours');
  if (about !== null) return targetWords(visit, about);
  return words(state === 'matched' ? 'chains.gone' : 'chains.about-unknown');
}

export function targetWords(visit: Visit, { target, title, startsAt }: TargetView): string {
  const words = wordsFor(visit, CHAINS_PAGE_TEXTS);
  if (target.kind === 'pledges' || startsAt === null) return words('chains.about-pledges');
  const when = `${dayWords(startsAt, visit.community)} ${timeWords(startsAt, visit.community)}`;
  return words('chains.about-shift', { title, when });
}

/** What was written, in one line: `3. 王阿姨 · 2 人 · 3 栋`. */
export function entryWords(visit: Visit, entry: ChainEntryView): string {
  return [`${entry.number}. ${nameWords(visit, entry)}`, ...detailWords(visit, entry)].join(' · ');
}

export function nameWords(visit: Visit, { name }: Pick<ChainEntryView, 'name'>): string {
  return name ?? wordsFor(visit, CHAINS_PAGE_TEXTS)('chains.no-name');
}

export function detailWords(visit: Visit, { party, place, phone, note }: ChainEntryView): string[] {
  const words = wordsFor(visit, CHAINS_PAGE_TEXTS);
  return [
    words('chains.party', { party }),
    ...(place === null ? [] : [doorWords(visit, place)]),
    ...(phone === null ? [] : [phone]),
    ...(note === null ? [] : [words('chains.note', { note })]),
  ];
}

export function doorWords(visit: Visit, { compound, building, unit, room }: HouseholdPlace): string {
  const words = wordsFor(visit, CHAINS_PAGE_TEXTS);
  // A building with a name of its own is called by it: 东园, not 东园栋.
  const isNumbered = building !== undefined && /^[0-9A-Z]+$/i.test(building);
  const door = [isNumbered ? words('chains.building', { name: building }) : building, unit, room];
  return [compound, door.filter((part) => part !== undefined).join('-')].filter((part) => part !== '').join(' ');
}

/** What became of it: on which record, or why on none. */
export function fateWords(visit: Visit, { state, standing, refused }: ChainEntryView): string {
  const words = wordsFor(visit, CHAINS_PAGE_TEXTS);
  if (state !== 'standing') return words(`chains.state-${state}`);
  if (standing !== null) return words(`chains.standing-${standing}`);
  return words(refused === null ? 'chains.standing-none' : `chains.refused-${refused}`);
}
