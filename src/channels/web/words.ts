/** The words on a page, in the language of its community. */
import type { RenderText, Say, TextCatalogue } from '../../model/text.ts';

/** `words('residents-page.title', { community })`, checked against the catalogue like everything the bot says. */
export function wordsOf<const C extends TextCatalogue>(
  _catalogue: C,
  render: RenderText,
  locale: string,
): Say<C, string> {
  // A page says the same thing in the same words every time.
  return (key, ...variables) => render(locale, key, variables[0] ?? {}, key);
}
