/** The words of the command line, read from its own files of prompts/ alone, so that it can speak when the rest is broken. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpokenIn } from '../config.ts';
import { parseTextFile, type WrittenText } from '../content/text-file.ts';
import { BASE_LOCALE, createTexts } from '../content/texts.ts';
import { isLvlinError } from '../model/errors.ts';
import type { Saying } from '../model/text.ts';
import type { Speak } from './command.ts';

export async function loadSpeech({ locale, promptsFolder, shippedPrompts }: SpokenIn): Promise<Speak> {
  const written = new Map<string, readonly WrittenText[]>();
  for (const name of new Set([BASE_LOCALE, locale])) {
    const own = await readTexts(promptsFolder, name);
    written.set(name, own.length > 0 ? own : await readTexts(shippedPrompts, name));
  }
  const texts = createTexts(written);
  return (saying) => spoken(saying, () => texts.render(locale, saying.key, saying.variables, saying.key));
}

function spoken(saying: Saying, render: () => string): string {
  try {
    return render();
  } catch (error) {
    if (!isLvlinError(error, 'content-broken')) throw error;
    // Better the bare facts than silence.
    return [saying.key, ...Object.entries(saying.variables).map(([name, value]) => `${name}=${value}`)].join(' ');
  }
}

async function readTexts(folder: string, locale: string): Promise<WrittenText[]> {
  const texts = await Promise.all(
    FILES.map(async (name) => {
      const file = join(folder, locale, name);
      return parseTextFile(file, await readFile(file, 'utf8').catch(() => ''), []);
    }),
  );
  return texts.flat();
}

const FILES = ['command-line.md', 'sheets.md', 'channels.md'];
