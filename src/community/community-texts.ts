/** What a new community is furnished with, in its own language. */
import { sayerOf } from '../model/saying.ts';
import type { TextCatalogue } from '../model/text.ts';

export const COMMUNITY_TEXTS = {
  'web-group.title': [],
} as const satisfies TextCatalogue;

export const say = sayerOf(COMMUNITY_TEXTS);
