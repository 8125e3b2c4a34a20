/** What is said about leaving the sample community for the real one. */
import type { TextCatalogue } from '../../model/text.ts';

export const SAMPLE_TEXTS = {
  'begin.title': [],
  'begin.intro': [],
  'begin.goes': ['groups', 'people', 'households', 'activities', 'notices'],
  'begin.stays': [],
  'begin.for-good': [],
  'begin.name': [],
  'begin.name-hint': [],
  'begin.button': [],
  'begin.done': ['name'],
} as const satisfies TextCatalogue;
