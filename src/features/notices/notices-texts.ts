/** What the notices feature may say. */
import { sayerOf } from '../../model/saying.ts';
import type { TextCatalogue } from '../../model/text.ts';

export const NOTICES_TEXTS = {
  'notice.posted': ['text'],
  'notice.posted-receipt': ['text'],
  'notice.posted-receipt-page': ['text'],
  'notice.received': [],
  'notice.received-before': [],
  'notice.none-open': [],
  'notice.staff-all-sent': ['groups'],
  'notice.staff-waiting': ['groups', 'sent', 'waiting'],
  'notice.staff-not-sent': ['groups', 'sent', 'failed'],
  'notice.staff-unsure': ['groups', 'sent', 'unsure'],
  'notice.staff-long-ago': ['groups'],
  'notice.staff-receipts': ['count'],
} as const satisfies TextCatalogue;

export const say = sayerOf(NOTICES_TEXTS);
