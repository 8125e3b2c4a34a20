/** Makes the language reader's vocabulary out of the bot's tables, for commands that only read. */
import type { Content } from '../content/content.ts';
import { readContentFiles } from '../content/content-files.ts';
import { readHabitTable } from '../content/habit-table.ts';
import { readLanguageTables } from '../content/language-tables.ts';
import { readSourceTable } from '../content/source-table.ts';
import { readWasteClassNameTable, readWasteGuideTable } from '../content/waste-guide-table.ts';
import { VocabularyFault } from '../language/tables.ts';
import { buildVocabulary, type Vocabulary } from '../language/vocabulary.ts';
import type { ContentFault } from '../model/content-fault.ts';
import type { Habit } from '../model/habit.ts';
import type { WasteItem } from '../model/waste-item.ts';

export function vocabularyOf({ languageTables, habits, wasteGuide }: Content): Vocabulary {
  return vocabularyFrom(languageTables, habits, wasteGuide.items);
}

export interface VocabularyReading {
  readonly vocabulary: Vocabulary | null;
  readonly faults: readonly ContentFault[];
}

/** Only the tables that language needs: a fault in a tip or a plan keeps nobody from measuring it. */
export async function readVocabulary(folders: {
  readonly dataFolder: string;
  readonly promptsFolder: string;
}): Promise<VocabularyReading> {
  const faults: ContentFault[] = [];
  const files = await readContentFiles(folders, faults);
  const table = <T>(file: string, read: (file: string, text: string) => T) => {
    if (!files.has(file)) faults.push({ file, code: 'file-missing', detail: {} });
    return read(file, files.get(file) ?? '');
  };
  const sources = table('data/sources.csv', (file, text) => readSourceTable(file, text, faults));
  const sourceIds = new Set(sources.keys());
  const habits = table('data/habits.csv', (file, text) => readHabitTable(file, text, sourceIds, faults));
  const classes = table('data/waste-class-names.csv', (file, text) => readWasteClassNameTable(file, text, faults));
  const items = table('data/waste-guide.csv', (file, text) => readWasteGuideTable(file, text, classes, faults));
  const tables = readLanguageTables(files, faults);
  return { vocabulary: faults.length > 0 ? null : vocabularyFrom(tables, habits, items), faults };
}

/** What is wrong with a language table, named by its file; any other error is thrown on. */
export function languageFault(error: unknown): string {
  if (error instanceof VocabularyFault) return error.message;
  throw error;
}

function vocabularyFrom(
  tables: Content['languageTables'],
  habits: readonly Habit[],
  items: readonly WasteItem[],
): Vocabulary {
  return buildVocabulary(tables, {
    habits: habits.map(({ id, title, category }) => ({ id, title, category })),
    wasteNames: items.flatMap(({ name, aliases }) => [name, ...aliases]),
  });
}
