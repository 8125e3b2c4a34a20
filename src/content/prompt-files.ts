/** Reads every file of prompts/: the texts of each locale, checked against the catalogue, and the instructions to a model. */
import { basename } from 'node:path';
import { atOnce, type Slices } from '../lib/in-slices.ts';
import type { ContentFault } from '../model/content-fault.ts';
import type { TextCatalogue, TextLimits } from '../model/text.ts';
import type { ContentFiles } from './content-files.ts';
import { checkTexts } from './text-check.ts';
import type { WrittenText } from './text-file.ts';
import { parseTextFile, refuseRepeatedKeys } from './text-file.ts';
import type { Texts } from './texts.ts';
import { BASE_LOCALE, createTexts } from './texts.ts';

/** The folder of prompts/ that is no locale. */
const INSTRUCTIONS = 'llm';

export type Prompts = { readonly texts: Texts; readonly instructions: ReadonlyMap<string, string> };

export function readPrompts(...given: Parameters<typeof promptsInSlices>): Prompts {
  return atOnce(promptsInSlices(...given));
}

export function* promptsInSlices(
  files: ContentFiles,
  catalogue: TextCatalogue,
  limits: TextLimits,
  faults: ContentFault[],
  warnings: ContentFault[],
): Slices<Prompts> {
  const prompts = [...files].filter(([file]) => file.startsWith('prompts/'));
  const instructions = prompts.filter(([file]) => localeOf(file) === INSTRUCTIONS);
  const written = new Map<string, WrittenText[]>([[BASE_LOCALE, []]]);
  for (const [file, text] of prompts) {
    const locale = localeOf(file);
    if (locale === undefined || locale === INSTRUCTIONS) continue;
    written.set(locale, [...(written.get(locale) ?? []), ...parseTextFile(file, text, faults)]);
    yield;
  }
  for (const [locale, texts] of written) {
    yield;
    written.set(locale, refuseRepeatedKeys(texts, faults));
    const findings = checkTexts(locale, texts, catalogue, limits);
    faults.push(...findings.faults);
    warnings.push(...findings.warnings);
  }
  return {
    texts: createTexts(written),
    instructions: new Map(instructions.map(([file, text]) => [basename(file, '.md'), text.trim()])),
  };
}

/** The folder right under prompts/; a file that lies in none belongs to no locale. */
function localeOf(file: string): string | undefined {
  const [, folder, name] = file.split('/');
  return name === undefined ? undefined : folder;
}
