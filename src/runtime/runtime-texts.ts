/** What is added to what features say: whose words they are. */
import { sayerOf } from '../model/saying.ts';
import type { TextCatalogue } from '../model/text.ts';

export const RUNTIME_TEXTS = {
  'chat.of-community': ['community'],
} as const satisfies TextCatalogue;

export const say = sayerOf(RUNTIME_TEXTS);
