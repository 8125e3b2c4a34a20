/** Everything the privacy feature says. */
import { sayerOf } from '../../model/saying.ts';
import type { TextCatalogue } from '../../model/text.ts';

export const PRIVACY_TEXTS = {
  'privacy.notice': ['community', 'contact'],
  'privacy.notice-at-office': ['community'],
  'privacy.notice-word': [],
  'privacy.kept': ['lines', 'since'],
  'privacy.since': ['day'],
  'privacy.only-consent': ['day'],
  'privacy.row': ['row', 'next'],
  'privacy.nothing': [],
  'privacy.kept-name': ['name'],
  'privacy.kept-phone': ['phone'],
  'privacy.kept-sign-ups': ['signUps'],
  'privacy.sign-up': ['title', 'day'],
  'privacy.sign-up-waiting': ['title', 'day'],
  'privacy.sign-up-offered': ['title', 'day'],
  'privacy.more-sign-ups': ['count'],
  'privacy.past-sign-ups': ['count'],
  'privacy.consented': ['day'],
  'privacy.delete-ask': ['gone', 'stays'],
  'privacy.delete-ask-everywhere': ['gone', 'stays'],
  'privacy.gone-of-community': ['community', 'gone'],
  'privacy.gone-contact': [],
  'privacy.gone-sign-ups': ['ahead'],
  'privacy.gone-messages': [],
  'privacy.stays-counts': [],
  'privacy.yes-words': [],
  'privacy.agree-word': [],
  'privacy.delete-yes': [],
  'privacy.delete-no': [],
  'privacy.deleted': [],
  'privacy.not-deleted': [],
  'privacy.agreed': [],
  'privacy.refused': [],
  'privacy.refused-ask': ['gone', 'stays'],
  'privacy.in-private': [],
  'privacy.group-taken': [],
} as const satisfies TextCatalogue;

export const say = sayerOf(PRIVACY_TEXTS);
