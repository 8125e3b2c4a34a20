/** Reads the files of data/ and prompts/ into memory, under the names an editor knows them by; the only reader of the disk here. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentFault } from '../model/content-fault.ts';

export type ContentFolders = {
  readonly dataFolder: string;
  readonly promptsFolder: string;
  /** A community's own waste table, with the same columns; it need not exist. */
  readonly overrideFile?: string;
};

/** File texts by name: data/habits.csv, data/plans/changji-2021.yaml, prompts/zh-CN/pledges.md, waste-override.csv. */
export type ContentFiles = ReadonlyMap<string, string>;

export const OVERRIDE_NAME = 'waste-override.csv';

type FilePath = { readonly name: string; readonly path: string };

export async function readContentFiles(folders: ContentFolders, faults: ContentFault[]): Promise<ContentFiles> {
  const paths = await listFiles(folders, faults);
  const texts = await Promise.all(paths.map((file) => readText(file, faults)));
  return new Map(texts.flat());
}

/** Changes whenever a file is added, removed or saved: names, times and sizes, no contents. */
export async function stampContentFiles(folders: ContentFolders): Promise<string> {
  const paths = await listFiles(folders, []);
  const stamps = await Promise.all(
    paths.map(async ({ name, path }) => {
      // A file may go between the listing and this look; that is a change like any other.
      const found = await stat(path).catch(() => null);
      return `${name} ${found?.mtimeMs ?? 0} ${found?.size ?? 0}`;
    }),
  );
  return stamps.join('\n');
}

async function listFiles(folders: ContentFolders, faults: ContentFault[]): Promise<FilePath[]> {
  const [data, prompts] = await Promise.all([
    listFolder(folders.dataFolder, 'data', ['.csv', '.yaml'], faults),
    listFolder(folders.promptsFolder, 'prompts', ['.md'], faults),
  ]);
  const override = folders.overrideFile === undefined ? [] : [{ name: OVERRIDE_NAME, path: folders.overrideFile }];
  const existing = await Promise.all(override.map(async (file) => ((await exists(file.path)) ? [file] : [])));
  return [...data, ...prompts, ...existing.flat()];
}

async function listFolder(
  folder: string,
  name: string,
  endings: readonly string[],
  faults: ContentFault[],
): Promise<FilePath[]> {
  try {
    const entries = await readdir(folder, { recursive: true });
    return entries
      .map((entry) => ({ name: `${name}/${entry.replaceAll('\\', '/')}`, path: join(folder, entry) }))
      .filter(({ name: file }) => endings.some((ending) => file.endsWith(ending)) && !isTemporary(file))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    faults.push({
      file: name,
      code: codeOf(error) === 'ENOENT' ? 'file-missing' : 'file-unreadable',
      detail: { folder },
    });
    return [];
  }
}

/** Excel and WPS keep ~$ and .~ files beside what is open in them. */
function isTemporary(name: string): boolean {
  return /(?:^|\/)[.~][^/]*$/.test(name);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function readText({ name, path }: FilePath, faults: ContentFault[]): Promise<[string, string][]> {
  try {
    const text = decode(await readFile(path), name.endsWith('.csv'));
    if (text !== undefined) return [[name, text]];
    faults.push({ file: name, code: 'not-utf8', detail: {} });
  } catch (error) {
    faults.push({ file: name, code: 'file-unreadable', detail: { reason: codeOf(error) } });
  }
  return [];
}

/** Excel on a Chinese Windows saves CSV in GBK unless told otherwise, so a table that is not UTF-8 is read as that. */
function decode(bytes: Uint8Array, isTable: boolean): string | undefined {
  for (const encoding of isTable ? ['utf-8', 'gb18030'] : ['utf-8']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
