/** What stands behind a tip or a figure, for the answer to a person who asks where it comes from. */
import type { Habit, Source } from '../model/habit.ts';
import type { Tip } from '../model/tip.ts';

/** `warning` must be shown where there is one: second-hand, old, or valid elsewhere only. */
export type SourceLine = {
  readonly name: string;
  readonly section?: string;
  readonly url?: string;
  readonly warning?: string;
  readonly checkedOn: string;
};

export function sourceOfTip(tip: Tip): SourceLine {
  const { name, url } = tip.source;
  return { name, ...(url === '' ? {} : { url }), checkedOn: tip.checkedOn };
}

/** The sources of a habit: those of its figure first, then where the habit itself is recommended. */
export function sourcesOfHabit(habit: Habit, sources: ReadonlyMap<string, Source>): SourceLine[] {
  const figure = (habit.saving?.sources ?? []).map((source) => ({ source, section: undefined }));
  return [...figure, ...habit.references].flatMap(({ source, section }) => {
    const known = sources.get(source);
    return known === undefined ? [] : [toLine(known, section)];
  });
}

export function sourcesOf(ids: readonly string[], sources: ReadonlyMap<string, Source>): SourceLine[] {
  return ids.flatMap((id) => {
    const known = sources.get(id);
    return known === undefined ? [] : [toLine(known, undefined)];
  });
}

function toLine(source: Source, section: string | undefined): SourceLine {
  const [url] = source.urls;
  return {
    name: source.name,
    ...(section === undefined ? {} : { section }),
    ...(url === undefined ? {} : { url }),
    ...(source.warning === '' ? {} : { warning: source.warning }),
    checkedOn: source.checkedOn,
  };
}
