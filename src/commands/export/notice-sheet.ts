/** Notices with what became of them, as a table. */
import type { Sheet } from '../../documents/sheet.ts';
import type { FateCounts } from '../../features/notices/notices-rules.ts';
import type { Notice } from '../../model/notice.ts';
import type { Speak } from '../command.ts';
import { columnsOf, momentOf, wordOf } from './sheet-words.ts';

const NOTICE = [
  ['text', 'text'],
  ['state', 'text'],
  ['sendAt', 'text'],
  ['groups', 'number'],
  ['sent', 'number'],
  ['failed', 'number'],
  ['unsure', 'number'],
] as const;

export interface CountedNotice {
  readonly notice: Notice;
  readonly counts: FateCounts;
}

export function noticeSheet(notices: readonly CountedNotice[], speak: Speak, zone: string): Sheet {
  const rows = notices.map(({ notice, counts: { groups, sent, failed, unsure } }) => ({
    text: notice.text,
    state: wordOf(`notice-state.${notice.state}`, speak),
    sendAt: notice.sendAt === null ? null : momentOf(notice.sendAt, zone),
    groups,
    sent,
    failed,
    unsure,
  }));
  return { name: wordOf('sheet.notices', speak), columns: columnsOf(NOTICE, speak), rows };
}
