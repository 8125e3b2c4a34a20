/** What is said back before anything is done about it. */
import { sayerOf } from '../../model/saying.ts';
import type { TextCatalogue } from '../../model/text.ts';

export const READ_BACK_TEXTS = {
  'read-back.pledge': [],
  'read-back.pledge-habits': ['habits'],
  'read-back.pledge-change': [],
  'read-back.pledge-add': ['habits'],
  'read-back.pledge-remove': ['habits'],
  'read-back.pledge-swap': ['removed', 'added'],
  'read-back.pledge-withdraw': [],
  'read-back.check-in': [],
  'read-back.check-in-habits': ['habits'],
  'read-back.sign-up': [],
  'read-back.sign-up-for': ['activity'],
  'read-back.cancel': [],
  'read-back.cancel-for': ['activity'],
  'read-back.stop': [],
  'read-back.resume': [],
  'read-back.issue': [],
  'read-back.issue-at': ['place'],
  'read-back.privacy-delete': [],
  'read-back.staff-activity': [],
  'read-back.staff-notice': [],
  'read-back.list': ['list', 'next'],
  'read-back.yes': [],
  'read-back.no': [],
  'read-back.not-that': [],
} as const satisfies TextCatalogue;

export const say = sayerOf(READ_BACK_TEXTS);
