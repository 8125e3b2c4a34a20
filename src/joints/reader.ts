/** Reads messages with the words as the content stands now: a word added to a table works without a restart. */
import type { Content } from '../content/content.ts';
import { VocabularyFault } from '../language/tables.ts';
import { understand } from '../language/understand.ts';
import { buildVocabulary, type Vocabulary } from '../language/vocabulary.ts';
import type { ContentFault } from '../model/content-fault.ts';
import type { Understood, Utterance } from '../model/understanding.ts';

export type ReaderTables = Pick<Content, 'languageTables' | 'habits' | 'wasteGuide'>;

export function vocabularyOf({ languageTables, habits, wasteGuide }: ReaderTables): Vocabulary {
  return buildVocabulary(languageTables, {
    habits: habits.map(({ id, title, category }) => ({ id, title, category })),
    wasteNames: wasteGuide.items.flatMap(({ name, aliases }) => [name, ...aliases]),
  });
}

/** Why these tables cannot be made into a vocabulary: asked before a set is taken over, so that nothing in it is half new. */
export function vocabularyFaults(tables: ReaderTables): readonly ContentFault[] {
  try {
    vocabularyOf(tables);
    return [];
  } catch (cause) {
    if (!(cause instanceof VocabularyFault)) throw cause;
    const { file, line, reason } = cause;
    return [{ file, ...(line === undefined ? {} : { line }), code: 'words-unusable', detail: { reason } }];
  }
}

/** Where a set got in that nobody checked, messages are read with the words as they last were good. */
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
