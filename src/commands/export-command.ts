/** `export`: the records of a community as tables that open in Excel and WPS, while the bot may be running. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { allTexts } from '../catalogue.ts';
import { loadContent } from '../content/content.ts';
import type { Sheet } from '../documents/sheet.ts';
import { writeWorkbookInThread } from '../documents/workbook-thread.ts';
import { countFates } from '../features/notices/notices-rules.ts';
import { noticeFates } from '../features/notices/notices-service.ts';
import { type ExportRow, exportPledges } from '../features/pledges/household-list-service.ts';
import {
  type Attendance,
  listPast,
  listUpcoming,
  readAttendance,
} from '../features/volunteering/attendance-service.ts';
import { writeFileWhole } from '../lib/atomic-file.ts';
import { systemClock } from '../lib/clock.ts';
import { cutGraphemes } from '../lib/text.ts';
import { localDate } from '../lib/zoned-time.ts';
import { LvlinError } from '../model/errors.ts';
import { appendAudit } from '../store/audit-table.ts';
import { listNotices } from '../store/notice-table.ts';
import type { Store } from '../store/store.ts';
import { type CommandContext, EXIT, type ExitCode } from './command.ts';
import { say } from './command-texts.ts';
import { type CountedNotice, noticeSheet } from './export/notice-sheet.ts';
import { pledgeSheet } from './export/pledge-sheet.ts';
import { wordOf } from './export/sheet-words.ts';
import { shiftSheets } from './export/shift-sheet.ts';
import { type ProgressLine, progressOnScreen } from './progress-line.ts';
import { besideStore } from './records.ts';
import { type ActingStaff, actingStaff } from './staff-member.ts';

export interface ExportOptions {
  /** A login of the staff. */
  readonly as: string;
  /** Rooms, names and phones as they are; masked otherwise. */
  readonly full?: boolean;
  readonly reason?: string;
}

interface Job extends ActingStaff {
  readonly context: CommandContext;
  readonly store: Store;
  readonly folder: string;
  readonly full: boolean;
  readonly now: Date;
  readonly progress: ProgressLine;
}

export async function exportRecords(
  context: CommandContext,
  folder: string,
  options: ExportOptions,
): Promise<ExitCode> {
  const { config, speak, print, tell } = context;
  const { full = false, reason = '' } = options;
  if (full && reason.trim() === '') {
    tell(speak(say('export.needs-reason')));
    return EXIT.usage;
  }
  const store = besideStore(config);
  const acting = await actingStaff(store, options.as);
  if (acting === null) {
    tell(speak(say('export.unknown-login', { login: options.as })));
    return EXIT.fault;
  }
  const progress = progressOnScreen(speak);
  const job = { ...acting, context, store, folder: resolve(folder), full, now: systemClock.now(), progress };
  if (full) await noteReason(job, reason);
  mkdirSync(job.folder, { recursive: true });
  try {
    const files = [...(await writePledges(job)), await writeShifts(job), await writeNotices(job)];
    progress.end();
    for (const file of files) print(file);
    print(speak(say(full ? 'export.done-full' : 'export.done-masked')));
    return EXIT.ok;
  } finally {
    progress.end();
  }
}

const LONGEST_REASON = 200;

/** Before anything is read: what was seen in full cannot be unseen. */
async function noteReason({ store, staff, community, now }: Job, reason: string): Promise<void> {
  const why = cutGraphemes(reason.trim(), LONGEST_REASON);
  const entry = { communityId: community.id, staffId: staff.id, action: 'records.export', detail: { full: true } };
  await store.write((tx) => appendAudit(tx, { ...entry, reason: why, at: now }));
}

// As many as one table can be written with in the memory of its thread (documents/workbook-thread.ts).
const ROWS_PER_FILE = 50_000;

async function writePledges(job: Job): Promise<string[]> {
  const { context, store, staff, community, full, now, progress } = job;
  const titles = await habitTitles(context);
  const words = { speak: context.speak, zone: community.settings.zone, titleOf: (id: string) => titles.get(id) ?? id };
  const files: string[] = [];
  let waiting: ExportRow[] = [];
  let done = 0;
  const flush = async () => {
    const part = files.length === 0 ? '' : `-${files.length + 1}`;
    files.push(
      await writeTable(job, `${wordOf('sheet.pledges', context.speak)}${part}`, [pledgeSheet(waiting, full, words)]),
    );
    waiting = [];
  };
  for await (const rows of exportPledges(store, community, { full, staffId: staff.id }, now)) {
    waiting.push(...rows);
    done += rows.length;
    progress.at(done, null);
    if (waiting.length >= ROWS_PER_FILE) await flush();
  }
  if (waiting.length > 0 || files.length === 0) await flush();
  return files;
}

async function habitTitles({ config }: CommandContext): Promise<ReadonlyMap<string, string>> {
  const result = await loadContent({ ...config, catalogue: allTexts });
  if (!result.ok) throw new LvlinError('content-broken', {});
  return new Map(result.content.habits.map(({ id, title }) => [id, title]));
}

// A community with an activity every day for twenty years has fewer.
const MOST_SHIFTS = 10_000;

async function writeShifts(job: Job): Promise<string> {
  const { context, store, staff, community, full, now, progress } = job;
  const shifts = await store.read(async (tx) => [
    ...(await listUpcoming(tx, community, now, MOST_SHIFTS)),
    ...(await listPast(tx, community, now, MOST_SHIFTS)),
  ]);
  const office = { community, staffId: staff.id, now };
  const attendances: Attendance[] = [];
  for (const { id } of shifts) {
    // A full view is written down, a masked one only looks.
    const attendance = full
      ? await store.write((tx) => readAttendance(tx, id, office, {}))
      : await store.read((tx) => readAttendance(tx, id, office, 'masked'));
    if (attendance !== null) attendances.push(attendance);
    progress.at(attendances.length, shifts.length);
  }
  const name = wordOf('sheet.shifts', context.speak);
  return writeTable(job, name, shiftSheets(attendances, context.speak, community.settings.zone));
}

const NOTICES_AT_ONCE = 200;

async function writeNotices(job: Job): Promise<string> {
  const { context, store, community, progress } = job;
  const counted: CountedNotice[] = [];
  for (;;) {
    const last = counted.at(-1)?.notice.id;
    const page = { limit: NOTICES_AT_ONCE, ...(last === undefined ? {} : { before: last }) };
    const found = await store.read(async (tx) => {
      const notices = await listNotices(tx, community.id, page);
      return Promise.all(
        notices.map(async (notice) => ({ notice, counts: countFates(await noticeFates(tx, notice)) })),
      );
    });
    counted.push(...found);
    progress.at(counted.length, null);
    if (found.length < NOTICES_AT_ONCE) break;
  }
  const name = wordOf('sheet.notices', context.speak);
  return writeTable(job, name, [noticeSheet(counted, context.speak, community.settings.zone)]);
}

/** The day is in the name, so that last month's table is not written over by this month's. */
async function writeTable({ folder, community, now }: Job, name: string, sheets: readonly Sheet[]): Promise<string> {
  const file = join(folder, `${name} ${localDate(now, community.settings.zone)}.xlsx`);
  await writeFileWhole(file, await writeWorkbookInThread(sheets));
  return file;
}
