/** Reads data/plans/*.yaml: the issued plans, each a tree of initiatives, targets, days and duties. */
import { LineCounter, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import type { ContentFault } from '../model/content-fault.ts';
import { Plan } from '../model/plan.ts';
import { faultOf, refuseUnknown } from './table-row.ts';

/** What a plan may refer to: ids of habits, of calendar events and of regions. */
export type PlanReferences = {
  readonly habits: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
};

export function readPlanFile(
  file: string,
  text: string,
  known: PlanReferences,
  faults: ContentFault[],
): Plan | undefined {
  const lines = new LineCounter();
  const before = faults.length;
  const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, uniqueKeys: true });
  for (const error of document.errors) {
    const { line } = lines.linePos(error.pos[0]);
    faults.push({ file, line, code: 'yaml-broken', detail: { reason: error.code } });
  }
  refuseAliases(file, document, lines, faults);
  if (faults.length > before) return undefined;
  const lineOf = (path: readonly PropertyKey[]) => findLine(document, lines, path);
  const result = Plan.safeParse(document.toJS());
  if (!result.success) {
    faults.push(...result.error.issues.map((issue) => planFault(file, issue, lineOf(issue.path))));
    return undefined;
  }
  checkReferences(file, result.data, known, lineOf, faults);
  return result.data;
}

/** A plan needs none; one that points nowhere, or at itself, would only be found out while the values are made. */
function refuseAliases(
  file: string,
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  faults: ContentFault[],
): void {
  visit(document, {
    Alias: (_, { source, range }) => {
      const { line } = lines.linePos(range?.[0] ?? 0);
      faults.push({ file, line, code: 'yaml-broken', detail: { reason: `*${source}` } });
    },
  });
}

const Located = z.object({ range: z.tuple([z.number(), z.number(), z.number()]) });

/** The line of the place an issue points at, or of the nearest place above it that exists. */
function findLine(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  path: readonly PropertyKey[],
): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = Located.safeParse(document.getIn(path.slice(0, length), true));
    if (node.success) return lines.linePos(node.data.range[0]).line;
  }
  return 1;
}

function planFault(file: string, issue: z.core.$ZodIssue, line: number): ContentFault {
  return { file, line, column: issue.path.map(String).join('.'), ...faultOf(issue) };
}

function checkReferences(
  file: string,
  plan: Plan,
  known: PlanReferences,
  lineOf: (path: readonly PropertyKey[]) => number,
  faults: ContentFault[],
): void {
  const check = (path: readonly PropertyKey[], words: readonly string[], ids: ReadonlySet<string>, target: string) =>
    refuseUnknown({ file, line: lineOf(path), column: path.map(String).join('.') }, words, ids, target, faults);
  const groups = new Set(plan.groups?.map((group) => group.id));
  check(['region'], [plan.region], known.regions, 'data/regions.csv');
  check(['days'], eventsOf(plan.days), known.events, 'data/calendar.csv');
  for (const [index, initiative] of plan.initiatives.entries()) {
    const path = ['initiatives', index];
    check([...path, 'habits'], initiative.habits, known.habits, 'data/habits.csv');
    check([...path, 'days'], eventsOf(initiative.days), known.events, 'data/calendar.csv');
    check([...path, 'group'], initiative.group === undefined ? [] : [initiative.group], groups, file);
  }
  refuseRepeatedIds(file, plan, lineOf, faults);
}

function eventsOf(days: Plan['days']): string[] {
  return days.flatMap((day) => day.event ?? []);
}

function refuseRepeatedIds(
  file: string,
  plan: Plan,
  lineOf: (path: readonly PropertyKey[]) => number,
  faults: ContentFault[],
): void {
  const seen = new Map<string, number>();
  for (const [index, { id }] of plan.initiatives.entries()) {
    const line = lineOf(['initiatives', index, 'id']);
    const firstLine = seen.get(id);
    if (firstLine === undefined) seen.set(id, line);
    else
      faults.push({
        file,
        line,
        column: `initiatives.${index}.id`,
        code: 'duplicate',
        detail: { value: id, firstLine },
      });
  }
}
