/** Reads messages with the words as the content stands now: a word added to a table works without a restart. */
import type { Content } from '../content/content.ts';
import { understand } from '../language/understand.ts';
import { buildVocabulary, type Vocabulary } from '../language/vocabulary.ts';
import type { Understood, Utterance } from '../model/understanding.ts';

export type ReaderTables = Pick<Content, 'languageTables' | 'habits' | 'wasteGuide'>;

export function vocabularyOf({ languageTables, habits, wasteGuide }: ReaderTables): Vocabulary {
  return buildVocabulary(languageTables, {
    habits: habits.map(({ id, title, category }) => ({ id, title, category })),
    wasteNames: wasteGuide.items.flatMap(({ name, aliases }) => [name, ...aliases]),
  });
}

export function createReader(content: () => Content): (utterance: Utterance) => Understood {
  let built = { from: content(), vocabulary: vocabularyOf(content()) };
  return (utterance) => {
    const now = content();
    if (now !== built.from) built = { from: now, vocabulary: vocabularyOf(now) };
    return understand(utterance, built.vocabulary);
  };
}
