/** A wording with its variables found once, so that saying it is only joining pieces. */
import type { TextVariables } from '../model/text.ts';

const VARIABLE = /\{([A-Za-z][A-Za-z0-9]*)\}/g;

/** Pieces alternate: text, variable, text, …; there is always one more text than there are variables. */
export type TextTemplate = { readonly texts: readonly string[]; readonly variables: readonly string[] };

export function parseTemplate(wording: string): TextTemplate {
  // Splitting by a pattern with one group keeps what the group caught at every odd place.
  const pieces = wording.split(VARIABLE);
  return {
    texts: pieces.filter((_, index) => index % 2 === 0),
    variables: pieces.filter((_, index) => index % 2 === 1),
  };
}

/** Values go in as they are: a brace typed by a person is never taken for a variable. */
export function fillTemplate(template: TextTemplate, values: TextVariables): string {
  let filled = template.texts[0] ?? '';
  for (const [index, name] of template.variables.entries()) {
    filled += `${values[name] ?? ''}${template.texts[index + 1] ?? ''}`;
  }
  return filled;
}
