/** Texts mark what is bold with two stars; platforms want it as spans, or not at all. */

export interface BoldText {
  readonly text: string;
  /** In UTF-16 units of `text`. */
  readonly bold: readonly { readonly offset: number; readonly length: number }[];
}

const BOLD = /\*\*([^*\n]+)\*\*/gu;

/** Marks without a partner, as in a name with stars, stay as they were typed. */
export function boldSpans(marked: string): BoldText {
  const bold: { offset: number; length: number }[] = [];
  let text = '';
  let end = 0;
  for (const match of marked.matchAll(BOLD)) {
    const inner = match[1] ?? '';
    text += marked.slice(end, match.index);
    bold.push({ offset: text.length, length: inner.length });
    text += inner;
    end = match.index + match[0].length;
  }
  return { text: text + marked.slice(end), bold };
}

export function withoutMarks(marked: string): string {
  return boldSpans(marked).text;
}
