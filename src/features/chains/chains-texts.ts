/** Everything the chain feature says. */
import { sayerOf } from '../../model/saying.ts';
import type { TextCatalogue } from '../../model/text.ts';

export const CHAINS_TEXTS = {
  'group-list.heard': ['title', 'people'],
  'group-list.heard-pledges': ['households'],
  'group-list.full': ['title', 'waiting'],
  'group-list.for-staff': ['title', 'entries', 'people'],
  'group-list.for-staff-full': ['title', 'entries', 'people', 'waiting'],
  'group-list.for-staff-doubts': ['title', 'entries', 'people', 'doubts'],
  'group-list.for-staff-pledges': ['households'],
  'group-list.for-staff-pledges-doubts': ['households', 'doubts'],
  'group-list.for-staff-which': ['entries'],
  'group-list.look': [],
  'group-list.not-readable': [],
  'group-list.off': ['number'],
  'group-list.off-asked': [],
  'group-list.ready-shift': ['title', 'day', 'time', 'place'],
  'group-list.ready-pledges': [],
  'group-list.pledges': [],
  'group-list.pledge-said': ['habits'],
  'group-list.gone': ['entries'],
  'group-list.kept': ['entries'],
} as const satisfies TextCatalogue;

export const say = sayerOf(CHAINS_TEXTS);
