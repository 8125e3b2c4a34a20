/** The habits that are shipped, as the feature gets them. */
import { fileURLToPath } from 'node:url';
import { loadContent } from '../../../src/content/content.ts';
import type { HabitBook } from '../../../src/features/pledges/pledges-rules.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export async function readHabitBook(): Promise<HabitBook> {
  const folders = { dataFolder: `${ROOT}data`, promptsFolder: `${ROOT}test/support/no-prompts` };
  const result = await loadContent({ ...folders, catalogue: {} });
  if (!result.ok) throw new Error(JSON.stringify(result.faults.slice(0, 3)));
  return result.content;
}
