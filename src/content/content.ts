/** Loads everything the bot says and knows; a broken set is refused whole, with all that is wrong at once. */
import { inSlices, type Slices } from '../lib/in-slices.ts';
import type { CalendarEvent, Region } from '../model/calendar-event.ts';
import type { ContentFault } from '../model/content-fault.ts';
import type { Habit, HabitCategoryName, Source } from '../model/habit.ts';
import type { Plan } from '../model/plan.ts';
import type { TextCatalogue, TextLimits } from '../model/text.ts';
import type { Tip } from '../model/tip.ts';
import { readCalendarTables } from './calendar-table.ts';
import type { ContentFiles, ContentFolders } from './content-files.ts';
import { OVERRIDE_NAME, readContentFiles } from './content-files.ts';
import { withoutEchoes } from './fault-list.ts';
import { readHabitCategoryTable, readHabitTable } from './habit-table.ts';
import type { LanguageTables } from './language-tables.ts';
import { languageTablesInSlices } from './language-tables.ts';
import { readPlanFile } from './plan-file.ts';
import { promptsInSlices } from './prompt-files.ts';
import type { GridFactor } from './region-table.ts';
import { readGridFactorTable, readRegionTable } from './region-table.ts';
import { readSourceTable } from './source-table.ts';
import type { Texts } from './texts.ts';
import { readTipTable } from './tip-table.ts';
import type { WasteGuide } from './waste-guide.ts';
import { createWasteGuide } from './waste-guide.ts';
import { overrideWasteItems, readWasteClassNameTable, readWasteGuideTable } from './waste-guide-table.ts';

export type Content = {
  readonly texts: Texts;
  /** Instructions to a language model, by task: prompts/llm/<task>.md. */
  readonly instructions: ReadonlyMap<string, string>;
  readonly habits: readonly Habit[];
  readonly habitCategories: readonly HabitCategoryName[];
  readonly wasteGuide: WasteGuide;
  readonly calendar: readonly CalendarEvent[];
  readonly tips: readonly Tip[];
  readonly plans: readonly Plan[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly regions: readonly Region[];
  readonly gridFactors: ReadonlyMap<string, GridFactor>;
  readonly languageTables: LanguageTables;
};

export type ContentResult =
  | { readonly ok: true; readonly content: Content; readonly warnings: readonly ContentFault[] }
  | { readonly ok: false; readonly faults: readonly ContentFault[]; readonly warnings: readonly ContentFault[] };

export type ContentInput = ContentFolders & {
  readonly catalogue: TextCatalogue;
  readonly limits?: TextLimits;
  /** What only those who use the content can tell, e.g. whether its words can be made into a vocabulary. */
  readonly alsoCheck?: (content: Content) => readonly ContentFault[] | Promise<readonly ContentFault[]>;
};

export async function loadContent(input: ContentInput): Promise<ContentResult> {
  const faults: ContentFault[] = [];
  const warnings: ContentFault[] = [];
  const files = await readContentFiles(input, faults);
  const content = await inSlices(contentInSlices(files, input, faults, warnings));
  if (faults.length === 0) faults.push(...((await input.alsoCheck?.(content)) ?? []));
  return faults.length === 0 ? { ok: true, content, warnings } : { ok: false, faults: withoutEchoes(faults), warnings };
}

function* contentInSlices(
  files: ContentFiles,
  { catalogue, limits = {} }: ContentInput,
  faults: ContentFault[],
  warnings: ContentFault[],
): Slices<Content> {
  const table = <T>(file: string, read: (file: string, text: string) => T) => read(file, textOf(files, file, faults));
  const sources = table('data/sources.csv', (file, text) => readSourceTable(file, text, faults));
  const sourceIds = new Set(sources.keys());
  const regions = table('data/regions.csv', (file, text) => readRegionTable(file, text, faults));
  const habits = table('data/habits.csv', (file, text) => readHabitTable(file, text, sourceIds, faults));
  const calendar = readCalendar(files, regions, faults);
  const events = new Set(calendar.map((event) => event.id));
  const known = { habits: idsOf(habits), events, regions: idsOf(regions) };
  yield;
  const wasteGuide = yield* wasteGuideInSlices(files, faults);
  yield;
  const tips = table('data/tips.csv', (file, text) => readTipTable(file, text, events, regions, faults));
  const plans: Plan[] = [];
  for (const file of namesUnder(files, 'data/plans/')) {
    yield;
    const plan = readPlanFile(file, files.get(file) ?? '', known, faults);
    if (plan !== undefined) plans.push(plan);
  }
  yield;
  const prompts = yield* promptsInSlices(files, catalogue, limits, faults, warnings);
  yield;
  return {
    ...prompts,
    habits,
    habitCategories: table('data/habit-categories.csv', (file, text) => readHabitCategoryTable(file, text, faults)),
    wasteGuide,
    calendar,
    tips,
    plans,
    sources,
    regions,
    gridFactors: table('data/grid-factors.csv', (file, text) => readGridFactorTable(file, text, faults)),
    languageTables: yield* languageTablesInSlices(files, faults),
  };
}

function textOf(files: ContentFiles, file: string, faults: ContentFault[]): string {
  const text = files.get(file);
  const isReported = faults.some((fault) => fault.file === file);
  if (text === undefined && !isReported) faults.push({ file, code: 'file-missing', detail: {} });
  return text ?? '';
}

function readCalendar(files: ContentFiles, regions: readonly Region[], faults: ContentFault[]): CalendarEvent[] {
  const tableText = (file: string) => ({ file, text: textOf(files, file, faults) });
  return readCalendarTables(tableText('data/calendar.csv'), tableText('data/calendar-years.csv'), regions, faults);
}

function* wasteGuideInSlices(files: ContentFiles, faults: ContentFault[]): Slices<WasteGuide> {
  const namesFile = 'data/waste-class-names.csv';
  const guideFile = 'data/waste-guide.csv';
  const classNames = readWasteClassNameTable(namesFile, textOf(files, namesFile, faults), faults);
  const items = readWasteGuideTable(guideFile, textOf(files, guideFile, faults), classNames, faults);
  yield;
  const override = files.get(OVERRIDE_NAME);
  if (override === undefined) return createWasteGuide(items, classNames);
  const own = readWasteGuideTable(OVERRIDE_NAME, override, classNames, faults);
  return createWasteGuide(overrideWasteItems(items, own), classNames);
}

function namesUnder(files: ContentFiles, folder: string): string[] {
  return [...files.keys()].filter((name) => name.startsWith(folder));
}

function idsOf(rows: readonly { readonly id: string }[]): Set<string> {
  return new Set(rows.map((row) => row.id));
}
