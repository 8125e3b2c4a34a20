/** The content that ships, for tests: the real tables and plans, with texts of the test's own. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Content } from '../../src/content/content.ts';
import { loadContent } from '../../src/content/content.ts';

export const DATA_FOLDER = fileURLToPath(new URL('../../data', import.meta.url));

/** Writes files into a new folder under the system's temporary one and returns its path. */
export async function writeFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lvlin-content-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

export async function loadRealContent(): Promise<Content> {
  const promptsFolder = await writeFolder({ 'zh-CN/test.md': '## test.hello\n你好，{name}。\n' });
  const result = await loadContent({
    dataFolder: DATA_FOLDER,
    promptsFolder,
    catalogue: { 'test.hello': ['name'] },
  });
  if (!result.ok) throw new Error(JSON.stringify(result.faults, null, 2));
  return result.content;
}
