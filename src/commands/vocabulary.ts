/** The language reader's vocabulary for commands that only read: its tables alone, and what is wrong with them. */
import { readContentFiles } from '../content/content-files.ts';
import { readHabitTable } from '../content/habit-table.ts';
import { readLanguageTables } from '../content/language-tables.ts';
import { readSourceTable } from '../content/source-table.ts';
import { createWasteGuide } from '../content/waste-guide.ts';
import { readWasteClassNameTable, readWasteGuideTable } from '../content/waste-guide-table.ts';
import { vocabularyFaults, vocabularyOf } from '../joints/reader.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import type { ContentFault } from '../model/content-fault.ts';

export interface VocabularyReading {
  readonly vocabulary: Vocabulary | null;
  readonly faults: readonly ContentFault[];
}

/** Only the tables that language needs: a fault in a tip or a plan keeps nobody from measuring it. */
export async function readVocabulary(folders: {
  readonly dataFolder: string;
  readonly promptsFolder: string;
}): Promise<VocabularyReading> {
  const all: ContentFault[] = [];
  const files = await readContentFiles(folders, all);
  const faults = all.filter(({ file }) => file.startsWith('data'));
  const table = <T>(file: string, read: (file: string, text: string) => T) => {
    if (!files.has(file)) faults.push({ file, code: 'file-missing', detail: {} });
    return read(file, files.get(file) ?? '');
  };
  const sources = table('data/sources.csv', (file, text) => readSourceTable(file, text, faults));
  const sourceIds = new Set(sources.keys());
  const habits = table('data/habits.csv', (file, text) => readHabitTable(file, text, sourceIds, faults));
  const classes = table('data/waste-class-names.csv', (file, text) => readWasteClassNameTable(file, text, faults));
  const items = table('data/waste-guide.csv', (file, text) => readWasteGuideTable(file, text, classes, faults));
  const languageTables = readLanguageTables(files, faults);
  const tables = { languageTables, habits, wasteGuide: createWasteGuide(items, classes) };
  if (faults.length === 0) faults.push(...vocabularyFaults(tables));
  return { vocabulary: faults.length === 0 ? vocabularyOf(tables) : null, faults };
}
