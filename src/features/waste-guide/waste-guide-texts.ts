/** What the waste guide may say. */
import { sayerOf } from '../../model/saying.ts';
import type { TextCatalogue } from '../../model/text.ts';

export const WASTE_GUIDE_TEXTS = {
  'waste.answer': ['name', 'place'],
  'waste.answer-note': ['name', 'place', 'note'],
  'waste.answer-like': ['asked', 'name', 'place'],
  'waste.answer-like-note': ['asked', 'name', 'place', 'note'],
  'waste.several': ['first', 'second'],
  'waste.several-more': ['first', 'second', 'third'],
  'waste.own-rule': ['name', 'place'],
  'waste.own-rule-note': ['name', 'place', 'note'],
  'waste.place-bin': ['class', 'colour'],
  'waste.place': ['class'],
  'waste.case': ['when', 'place'],
  'waste.cases': ['cases'],
  'waste.case-separator': [],
  'waste.note': ['note'],
  'waste.note-local': ['note'],
  'waste.local': [],
  'waste.that-thing': [],
  'waste.near': ['item'],
  'waste.near-group': ['item', 'names'],
  'waste.name-separator': [],
  'waste.let-go': [],
  'waste.drop-words': [],
  'waste.none-of-these': [],
  'waste.unknown': ['item'],
  'waste.unknown-group': ['item'],
  'waste.enough': ['item'],
  'waste.what': [],
  'waste.worker-says': ['name', 'place'],
  'waste.worker-says-note': ['name', 'place', 'note'],
} as const satisfies TextCatalogue;

export const say = sayerOf(WASTE_GUIDE_TEXTS);
