/** What the tips feature may say. */
import { sayerOf } from '../../model/saying.ts';
import type { TextCatalogue } from '../../model/text.ts';

export const TIPS_TEXTS = {
  'tip.posted': ['text'],
  'tip.asked': ['text'],
  'tip.asked-group': ['text'],
  'tip.none-left': [],
  'messages.stopped': [],
  'messages.resumed': [],
  'messages.stopped-group-wish': [],
  'messages.resumed-group-wish': [],
  'messages.stop-task': ['group'],
  'messages.resume-task': ['group'],
  'days.ask-task': ['event', 'year'],
} as const satisfies TextCatalogue;

export const say = sayerOf(TIPS_TEXTS);
