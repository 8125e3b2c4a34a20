/** Reads messages with the words as the content stands now: a word added to a table works without a restart. */
import type { Content } from '../content/content.ts';
import { VocabularyFault } from '../language/tables.ts';
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

/** A table that cannot be used is passed over whole, and messages are read with the words as they last were good. */
export function createReader(content: () => Content): (utterance: Utterance) => Understood {
  let seen = content();
  let vocabulary = vocabularyOf(seen);
  return (utterance) => {
    const now = content();
    if (now !== seen) {
      seen = now;
      vocabulary = goodVocabularyOf(now) ?? vocabulary;
    }
    return understand(utterance, vocabulary);
  };
}

function goodVocabularyOf(tables: ReaderTables): Vocabulary | null {
  try {
    return vocabularyOf(tables);
  } catch (cause) {
    if (cause instanceof VocabularyFault) return null;
    throw cause;
  }
}
