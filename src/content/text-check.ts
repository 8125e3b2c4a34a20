/** Holds the written texts against the catalogue of what features say: nothing missing, nothing unknown, nothing too long. */
import type { ContentFault } from '../model/content-fault.ts';
import type { TextCatalogue, TextLimits } from '../model/text.ts';
import type { WrittenText } from './text-file.ts';
import { parseTemplate } from './text-template.ts';
import { BASE_LOCALE } from './texts.ts';

export type TextFindings = { readonly faults: readonly ContentFault[]; readonly warnings: readonly ContentFault[] };

/**
 * A text that is missing in another locale than the first is a warning, since the first one is said instead; so is a
 * text that is too long. Everything else is a fault.
 */
export function checkTexts(
  locale: string,
  written: readonly WrittenText[],
  catalogue: TextCatalogue,
  limits: TextLimits = {},
): TextFindings {
  const known = new Set(written.map((text) => text.key));
  const missing = Object.keys(catalogue)
    .filter((key) => !known.has(key))
    .map((key): ContentFault => ({ file: `prompts/${locale}`, code: 'text-missing', detail: { key, locale } }));
  const wrong = written.flatMap((text) => checkText(text, catalogue));
  const long = written.flatMap((text) => checkLength(text, limits));
  return locale === BASE_LOCALE
    ? { faults: [...missing, ...wrong], warnings: long }
    : { faults: wrong, warnings: [...missing, ...long] };
}

function checkText(text: WrittenText, catalogue: TextCatalogue): ContentFault[] {
  const { file, line, key } = text;
  const expected = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
  if (expected === undefined) return [{ file, line, code: 'text-unknown', detail: { key } }];
  return text.variants.flatMap((wording, index) => {
    const used = new Set(parseTemplate(wording).variables);
    const detail = (variable: string) => ({ key, variable, variant: index + 1 });
    return [
      ...expected
        .filter((variable) => !used.has(variable))
        .map((variable): ContentFault => ({ file, line, code: 'variable-missing', detail: detail(variable) })),
      ...[...used]
        .filter((variable) => !expected.includes(variable))
        .map((variable): ContentFault => ({ file, line, code: 'variable-unknown', detail: detail(variable) })),
    ];
  });
}

const GRAPHEMES = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Counts the words as written, variables left out: how long their values are is not known here. */
function checkLength(text: WrittenText, limits: TextLimits): ContentFault[] {
  const limit = Object.hasOwn(limits, text.key) ? limits[text.key] : undefined;
  if (limit === undefined) return [];
  const longest = Math.max(...text.variants.map((wording) => countGraphemes(parseTemplate(wording).texts.join(''))));
  if (longest <= limit) return [];
  const detail = { key: text.key, length: longest, limit };
  return [{ file: text.file, line: text.line, code: 'text-too-long', detail }];
}

function countGraphemes(text: string): number {
  return [...GRAPHEMES.segment(text)].length;
}
