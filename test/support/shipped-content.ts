/** The content that ships. Texts are read without the check, so that one part can be tried while another is being written. */
import { fileURLToPath } from 'node:url';
import { type Content, loadContent } from '../../src/content/content.ts';
import { readContentFiles } from '../../src/content/content-files.ts';
import { readPrompts } from '../../src/content/prompt-files.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = { dataFolder: `${ROOT}data`, promptsFolder: `${ROOT}prompts` };

let shipped: Promise<Content> | undefined;

/** Read once for all tests of a process. */
export function shippedContent(): Promise<Content> {
  shipped ??= read();
  return shipped;
}

async function read(): Promise<Content> {
  const { texts, instructions } = readPrompts(await readContentFiles(FOLDERS, []), {}, {}, [], []);
  const result = await loadContent({ ...FOLDERS, promptsFolder: `${ROOT}test/support/no-prompts`, catalogue: {} });
  if (!result.ok) throw new Error(JSON.stringify(result.faults.slice(0, 5)));
  return { ...result.content, texts, instructions };
}
