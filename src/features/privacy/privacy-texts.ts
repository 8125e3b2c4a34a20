/** Everything the privacy feature says. */
import { sayerOf } from '../../model/saying.ts';
import type { TextCatalogue } from '../../model/text.ts';

export const PRIVACY_TEXTS = {
  'privacy.notice': ['community', 'contact'],
  'privacy.notice-at-office': ['community'],
  'privacy.notice-label': [],
  'privacy.notice-words': [],
  'privacy.notice-word': [],
  'privacy.show-label': [],
  'privacy.delete-label': [],
  'privacy.delete-words': [],
  'privacy.kept': ['lines', 'day'],
  'privacy.nothing': [],
  'privacy.kept-name': ['name'],
  'privacy.kept-phone': ['phone'],
  'privacy.kept-sign-ups': ['all', 'ahead'],
  'privacy.consented': ['day'],
  'privacy.delete-ask': ['lines'],
  'privacy.gone-contact': [],
  'privacy.gone-sign-ups': ['ahead'],
  'privacy.gone-messages': [],
  'privacy.delete-yes': [],
  'privacy.delete-no': [],
  'privacy.deleted': [],
  'privacy.not-deleted': [],
  'privacy.agreed': [],
  'privacy.refused': [],
  'privacy.refused-ask': ['lines'],
  'privacy.in-private': [],
  'privacy.group-taken': [],
} as const satisfies TextCatalogue;

export const say = sayerOf(PRIVACY_TEXTS);
