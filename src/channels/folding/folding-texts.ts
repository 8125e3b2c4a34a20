/** What stands around choices where a platform has no buttons. */
import type { RenderText, TextCatalogue } from '../../model/text.ts';
import type { FoldWords } from '../channel.ts';

export const FOLDING_TEXTS = {
  'folding.answer-by-number': [],
  'folding.answer-by-word': ['word'],
} as const satisfies TextCatalogue;

export function foldWords(render: RenderText, locale: string): FoldWords {
  return {
    answerByNumber: render(locale, 'folding.answer-by-number', {}, ''),
    answerByWord: (word) => render(locale, 'folding.answer-by-word', { word }, ''),
  };
}
