/** Takes over edited texts and tables while the bot runs; a broken edit is reported and the last good set stays. */
import type { ContentFault } from '../model/content-fault.ts';
import type { Content, ContentInput, ContentResult } from './content.ts';
import { loadContent } from './content.ts';
import { stampContentFiles } from './content-files.ts';

export type ReloadResult = { readonly changed: boolean; readonly faults: readonly ContentFault[] };

export type ContentReload = {
  /** The last good set. */
  readonly current: () => Content;
  /** What is wrong with the files as they were last read; nothing of them is used then. */
  readonly faults: () => readonly ContentFault[];
  /**
   * Looks at names, times and sizes of the files. What changed is read once two looks in a row saw it alike: a file
   * that somebody is just saving is not read half.
   */
  readonly reloadIfChanged: () => Promise<ReloadResult>;
};

export type WatchedContent =
  | { readonly ok: true; readonly reload: ContentReload; readonly warnings: readonly ContentFault[] }
  | Extract<ContentResult, { ok: false }>;

export async function watchContent(input: ContentInput): Promise<WatchedContent> {
  // Stamped before reading: an edit made in between is then seen as a change.
  const stamp = await stampContentFiles(input);
  const first = await loadContent(input);
  if (!first.ok) return first;
  return { ok: true, reload: createReload(input, stamp, first.content), warnings: first.warnings };
}

function createReload(input: ContentInput, firstStamp: string, first: Content): ContentReload {
  let stamp: string | null = firstStamp;
  let seen = firstStamp;
  let content = first;
  let faults: readonly ContentFault[] = [];

  async function reloadIfChanged(): Promise<ReloadResult> {
    const before = seen;
    seen = await stampContentFiles(input);
    if (seen === stamp || seen !== before) return { changed: false, faults };
    const result = await loadContent(input);
    // Saved once more while it was read: what was read may be half of each.
    if ((await stampContentFiles(input)) !== seen) return { changed: false, faults };
    faults = result.ok ? [] : result.faults;
    if (result.ok) content = result.content;
    // A file that Excel holds locked is free again without any change to be seen.
    stamp = faults.some(({ code }) => code === 'file-unreadable') ? null : seen;
    return { changed: result.ok, faults };
  }

  return { current: () => content, faults: () => faults, reloadIfChanged };
}
