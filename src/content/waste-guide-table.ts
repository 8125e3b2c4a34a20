/** Reads data/waste-guide.csv, a community's own override of it, and what the classes are called in each city. */
import { z } from 'zod';
import type { ContentFault } from '../model/content-fault.ts';
import type { WasteClass, WasteClassName, WasteCondition, WasteItem } from '../model/waste-item.ts';
import { WASTE_CLASSES, WASTE_STATUSES } from '../model/waste-item.ts';
import { parseCsvTable } from './csv-table.ts';
import { DateCell, IdCell, ListCell, RequiredCell, refuse, TextCell, wordCell, YesNoCell } from './table-cell.ts';
import type { Lined } from './table-row.ts';
import { readRows, refuseDuplicates } from './table-row.ts';

const CONDITION_SEPARATOR = /[;\uFF1B|]/u;
const COLON = /[:\uFF1A=]/u;

/** A class may be written by its id or by any name a city gives it. */
function classWords(names: readonly WasteClassName[]): Map<string, WasteClass> {
  return new Map([
    ...WASTE_CLASSES.map((id): [string, WasteClass] => [id, id]),
    ...names.map((name): [string, WasteClass] => [name.name, name.class]),
  ]);
}

function wasteRow(words: ReadonlyMap<string, WasteClass>) {
  const allowed = [...words.keys()].filter((word) => !WASTE_CLASSES.some((id) => id === word)).join(', ');
  const ClassCell = z.string().transform((value, context) => {
    return words.get(value) ?? refuse(context, 'not-one-of', { value, allowed }, value);
  });
  const DependsCell = z.string().transform((value, context): WasteCondition[] => {
    const parts = value.split(CONDITION_SEPARATOR).filter((part) => part.trim() !== '');
    return parts.flatMap((part) => {
      const [when = '', name = ''] = part.split(COLON).map((word) => word.trim());
      const found = words.get(name);
      if (found !== undefined && when !== '') return [{ when, class: found }];
      return refuse(context, 'not-one-of', { value: name, allowed }, value);
    });
  });
  return z.object({
    id: IdCell,
    name: RequiredCell,
    aliases: ListCell,
    class: ClassCell,
    note: TextCell,
    depends: DependsCell,
    tricky: YesNoCell,
    varies_locally: YesNoCell,
    status: wordCell(WASTE_STATUSES),
    source: ListCell,
    checked_on: DateCell,
  });
}

/** In one table each name and each alias belongs to one item only. */
export function readWasteGuideTable(
  file: string,
  text: string,
  classNames: readonly WasteClassName[],
  faults: ContentFault[],
): WasteItem[] {
  const schema = wasteRow(classWords(classNames));
  const table = parseCsvTable(file, text, Object.keys(schema.shape), faults);
  const rows = refuseDuplicates(file, 'id', readRows(table, schema, faults), (row) => row.id, faults);
  const items = rows.map(({ line, value }) => ({ line, value: toItem(value) }));
  refuseSharedNames(file, items, faults);
  return items.map(({ value }) => value);
}

function toItem(row: z.infer<ReturnType<typeof wasteRow>>): WasteItem {
  return {
    id: row.id,
    name: row.name,
    aliases: row.aliases,
    class: row.class,
    note: row.note,
    depends: row.depends,
    tricky: row.tricky,
    variesLocally: row.varies_locally,
    status: row.status,
    sources: row.source,
    checkedOn: row.checked_on,
  };
}

function refuseSharedNames(file: string, items: readonly Lined<WasteItem>[], faults: ContentFault[]): void {
  const names = items.flatMap(({ line, value }) => [
    { line, value: { name: value.name, column: 'name' } },
    ...value.aliases.map((name) => ({ line, value: { name, column: 'aliases' } })),
  ]);
  const firstLines = new Map<string, number>();
  for (const { line, value } of names) {
    const firstLine = firstLines.get(value.name);
    if (firstLine === undefined) firstLines.set(value.name, line);
    else faults.push({ file, line, column: value.column, code: 'duplicate', detail: { value: value.name, firstLine } });
  }
}

/**
 * The community's rows win by name. A row named like one of ours replaces it and keeps its aliases, so that the
 * other words for the same thing follow; a row named like an alias takes only that word.
 */
export function overrideWasteItems(items: readonly WasteItem[], override: readonly WasteItem[]): WasteItem[] {
  const taken = new Set(override.flatMap((item) => [item.name, ...item.aliases]));
  const free = (aliases: readonly string[]) => aliases.filter((alias) => !taken.has(alias));
  const byName = new Map(items.map((item) => [item.name, item]));
  const winners = override.map((item) => ({
    ...item,
    aliases: [...item.aliases, ...free(byName.get(item.name)?.aliases ?? [])],
  }));
  const kept = items.filter((item) => !taken.has(item.name));
  return [...winners, ...kept.map((item) => ({ ...item, aliases: free(item.aliases) }))];
}

const ClassNameRow = z.object({
  id: IdCell,
  scheme: IdCell,
  scheme_name: RequiredCell,
  class: wordCell(WASTE_CLASSES),
  name: RequiredCell,
  name_en: RequiredCell,
  bin: TextCell,
});

export function readWasteClassNameTable(file: string, text: string, faults: ContentFault[]): WasteClassName[] {
  const rows = readRows(parseCsvTable(file, text, Object.keys(ClassNameRow.shape), faults), ClassNameRow, faults);
  const unique = refuseDuplicates(file, 'class', rows, (row) => `${row.scheme} ${row.class}`, faults);
  reportMissingClasses(
    file,
    unique.map(({ value }) => value),
    faults,
  );
  return unique.map(({ value }) => ({
    scheme: value.scheme,
    schemeName: value.scheme_name,
    class: value.class,
    name: value.name,
    nameEn: value.name_en,
    bin: value.bin,
  }));
}

function reportMissingClasses(
  file: string,
  rows: readonly { scheme: string; class: WasteClass }[],
  faults: ContentFault[],
): void {
  for (const scheme of new Set(rows.map((row) => row.scheme))) {
    const missing = WASTE_CLASSES.filter((id) => !rows.some((row) => row.scheme === scheme && row.class === id));
    for (const id of missing) {
      faults.push({
        file,
        column: 'class',
        code: 'unknown-reference',
        detail: { value: `${scheme} ${id}`, target: file },
      });
    }
  }
}
