/** What somebody hears whose words have been answered a few times already. */
import { sayerOf } from '../model/saying.ts';
import type { TextCatalogue } from '../model/text.ts';

export const LOOP_TEXTS = {
  'loop.answered-before': [],
  'loop.answered-before-group': [],
} as const satisfies TextCatalogue;

export const say = sayerOf(LOOP_TEXTS);
