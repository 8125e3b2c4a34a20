/** Takes over edited texts and tables while the bot runs; a broken edit is reported and the last good set stays. */
import type { ContentFault } from '../model/content-fault.ts';
import type { Content, ContentInput, ContentResult } from './content.ts';
import { loadContent } from './content.ts';
import { stampContentFiles } from './content-files.ts';

export type ReloadResult = { readonly changed: boolean; readonly faults: readonly ContentFault[] };

export type ContentReload = {
  /** The last good set. */
  readonly current: () => Content;
  /** Looks at names, times and sizes of the files and reads them only where something changed. */
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
  let stamp = firstStamp;
  let content = first;
  let faults: readonly ContentFault[] = [];

  async function reloadIfChanged(): Promise<ReloadResult> {
    const now = await stampContentFiles(input);
    if (now === stamp) return { changed: false, faults };
    const result = await loadContent(input);
    stamp = now;
    faults = result.ok ? [] : result.faults;
    if (result.ok) content = result.content;
    return { changed: result.ok, faults };
  }

  return { current: () => content, reloadIfChanged };
}
