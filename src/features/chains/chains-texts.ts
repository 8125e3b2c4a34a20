/** Everything the chain feature says. */
import { sayerOf } from '../../model/saying.ts';
import type { TextCatalogue } from '../../model/text.ts';

export const CHAINS_TEXTS = {
  'chains.heard': ['title', 'people'],
  'chains.heard-pledges': ['households'],
  'chains.full': ['title', 'waiting'],
  'chains.for-staff': ['title', 'entries', 'people'],
  'chains.for-staff-full': ['title', 'entries', 'people', 'waiting'],
  'chains.for-staff-doubts': ['title', 'entries', 'people', 'doubts'],
  'chains.for-staff-pledges': ['households'],
  'chains.for-staff-pledges-doubts': ['households', 'doubts'],
  'chains.for-staff-which': ['entries'],
  'chains.look': [],
  'chains.not-readable': [],
  'chains.off': ['number'],
  'chains.off-asked': [],
  'chains.ready-shift': ['title', 'day', 'time', 'place'],
  'chains.ready-pledges': [],
  'chains.pledges': [],
  'chains.gone': ['entries'],
  'chains.kept': ['entries'],
} as const satisfies TextCatalogue;

export const say = sayerOf(CHAINS_TEXTS);
