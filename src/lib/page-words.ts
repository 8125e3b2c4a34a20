/** The words on a page, in the language of its community. */
import type { RenderText, Say, TextCatalogue } from '../model/text.ts';

export type Words<C extends TextCatalogue> = Say<C, string>;

/** `words('today.title', { … })`, checked against the catalogue; the same page always says it in the same words. */
export function wordsOf<const C extends TextCatalogue>(_catalogue: C, render: RenderText, locale: string): Words<C> {
  return (key, ...variables) => render(locale, key, variables[0] ?? {}, key);
}
