/** `import`: pledges made on paper, from a table of Excel or WPS; what became of each row is written beside it. */
import { readFile } from 'node:fs/promises';
import { parse, resolve } from 'node:path';
import { allTexts } from '../catalogue.ts';
import { type Content, loadContent } from '../content/content.ts';
import type { ReadWorkbook } from '../documents/read-workbook.ts';
import type { SheetColumn, SheetValue } from '../documents/sheet.ts';
import { readWorkbookInThread, writeWorkbookInThread } from '../documents/workbook-thread.ts';
import { habitCellReader } from '../features/pledges/paper-words.ts';
import { importPledges, type PaperPledge, type PaperResult } from '../features/pledges/pledge-import-service.ts';
import { vocabularyFaults, vocabularyOf } from '../joints/reader.ts';
import { understand } from '../language/understand.ts';
import { writeFileWhole } from '../lib/atomic-file.ts';
import { systemClock } from '../lib/clock.ts';
import { LvlinError } from '../model/errors.ts';
import { type CommandContext, EXIT, type ExitCode, type Speak } from './command.ts';
import { say } from './command-texts.ts';
import { columnsOf, wordOf } from './export/sheet-words.ts';
import { progressOnScreen } from './progress-line.ts';
import { besideStore } from './records.ts';
import { actingStaff } from './staff-member.ts';

const COLUMNS = [
  ['compound', 'text'],
  ['building', 'text'],
  ['unit', 'text'],
  ['room', 'text'],
  ['people', 'text'],
  ['habits', 'text'],
] as const;
type Column = (typeof COLUMNS)[number][0];

const NEEDED: readonly Column[] = ['building', 'room', 'habits'];

type GoodSheet = Extract<ReadWorkbook, { ok: true }>;

export async function importTable(
  context: CommandContext,
  named: string,
  options: { readonly as: string },
): Promise<ExitCode> {
  const { config, speak, print, tell } = context;
  const file = resolve(named);
  const store = besideStore(config);
  const acting = await actingStaff(store, options.as);
  if (acting === null) {
    tell(speak(say('export.unknown-login', { login: options.as })));
    return EXIT.fault;
  }
  const sheet = await readSheet(file, context);
  if (sheet === null) return EXIT.fault;
  const now = systemClock.now();
  const book = await goodContent(context);
  const idsIn = habitReader(book, now);
  const rows = sheet.rows.map(({ row, values }) => paperPledge(row, values, idsIn));
  const progress = progressOnScreen(speak);
  const list = {
    community: acting.community,
    staffId: acting.staff.id,
    book,
    now,
    onProgress: (done: number) => progress.at(done, rows.length),
  };
  const results = await importPledges(store, list, rows);
  progress.end();
  const taken = results.filter(({ ok }) => ok).length;
  const report = await writeReport(file, rows, results, speak);
  print(speak(say('import.done', { taken, refused: rows.length - taken, report })));
  return taken === rows.length ? EXIT.ok : EXIT.partial;
}

async function readSheet(file: string, { speak, tell }: CommandContext): Promise<GoodSheet | null> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new LvlinError('file-broken', { file }, { cause });
  });
  const read = await readWorkbookInThread(new Uint8Array(bytes), columnsToRead(speak));
  if (!read.ok) {
    tell(speak(say(`import.${read.why}`, { file })));
    return null;
  }
  const missing = NEEDED.filter((column) => read.missingColumns.includes(column));
  if (missing.length === 0) return read;
  const columns = missing.map((column) => wordOf(`heading.${column}`, speak)).join(' ');
  tell(speak(say('import.columns-missing', { columns })));
  return null;
}

function columnsToRead(speak: Speak): SheetColumn[] {
  const separator = wordOf('sheet.list-separator', speak);
  return columnsOf(COLUMNS, speak).map((column, index) => {
    const key = COLUMNS[index]?.[0];
    return key === undefined
      ? column
      : { ...column, otherHeaders: wordOf(`heading-also.${key}`, speak).split(separator) };
  });
}

/** A cell that could not be read (a room that became a date) is empty here, and its row is refused for it. */
function paperPledge(
  line: number,
  values: Readonly<Record<string, SheetValue>>,
  idsIn: (cell: string) => string,
): PaperPledge {
  const cell = (column: Column) => String(values[column] ?? '');
  const [compound, building, unit] = [cell('compound'), cell('building'), cell('unit')];
  const habits = idsIn(cell('habits'));
  return { line, compound, building, unit, room: cell('room'), people: cell('people'), habits };
}

/** Habits in a list are written as people say them; what the bot understands in a chat it understands there too. */
function habitReader(content: Content, now: Date): (cell: string) => string {
  const vocabulary = vocabularyOf(content);
  return habitCellReader((utterance) => understand(utterance, vocabulary), now);
}

async function goodContent({ config }: CommandContext): Promise<Content> {
  const result = await loadContent({ ...config, catalogue: allTexts, alsoCheck: vocabularyFaults });
  if (!result.ok) throw new LvlinError('content-broken', {});
  return result.content;
}

async function writeReport(
  file: string,
  rows: readonly PaperPledge[],
  results: readonly PaperResult[],
  speak: Speak,
): Promise<string> {
  const { dir, name } = parse(file);
  const word = wordOf('sheet.results', speak);
  const report = resolve(dir, `${name}-${word}.xlsx`);
  const columns = columnsOf([['line', 'number'], ...COLUMNS, ['result', 'text']] as const, speak);
  const told = rows.map((row, index) => ({ ...row, result: resultText(results[index], speak) }));
  await writeFileWhole(report, await writeWorkbookInThread([{ name: word, columns, rows: told }]));
  return report;
}

function resultText(result: PaperResult | undefined, speak: Speak): string {
  if (result === undefined) return '';
  if (result.ok) {
    const done = wordOf(`row.${result.what === 'withdrawn' ? 'known' : result.what}`, speak);
    return result.unknownBuilding === undefined ? done : [done, wordOf('row.unknown-building', speak)].join(' ');
  }
  return [wordOf(`row-refused.${result.why}`, speak), result.word ?? ''].join(' ').trim();
}
