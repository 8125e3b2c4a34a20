/** Reads messages with the words as the content stands now: a word added to a table works without a restart. */
import type { Content } from '../content/content.ts';
import { VocabularyFault } from '../language/tables.ts';
import { understand } from '../language/understand.ts';
import { buildVocabulary, type KnownThings, type Vocabulary } from '../language/vocabulary.ts';
import type { ContentFault } from '../model/content-fault.ts';
import type { Understood, Utterance } from '../model/understanding.ts';

export type ReaderTables = Pick<Content, 'languageTables' | 'habits' | 'wasteGuide'>;

export function vocabularyOf(tables: ReaderTables): Vocabulary {
  return buildVocabulary(tables.languageTables, knownThings(tables));
}

export function knownThings({ habits, wasteGuide }: ReaderTables): KnownThings {
  return {
    habits: habits.map(({ id, title, category }) => ({ id, title, category })),
    wasteNames: wasteGuide.items.flatMap(({ name, aliases }) => [name, ...aliases]),
  };
}

/** Why these tables cannot be made into a vocabulary: asked before a set is taken over, so that nothing in it is half new. */
export function vocabularyFaults(tables: ReaderTables): readonly ContentFault[] {
  try {
    vocabularyOf(tables);
    return [];
  } catch (cause) {
    if (!(cause instanceof VocabularyFault)) throw cause;
    return [faultOf(cause)];
  }
}

export function faultOf({ file, line, reason }: VocabularyFault): ContentFault {
  return { file, ...(line === undefined ? {} : { line }), code: 'words-unusable', detail: { reason } };
}

export function createReader(
  content: () => Content,
  vocabulary = keepVocabulary(content),
): (utterance: Utterance) => Understood {
  return (utterance) => understand(utterance, vocabulary());
}

/** Where a set got in that nobody checked, messages are read with the words as they last were good. */
export function keepVocabulary(
  content: () => ReaderTables,
  madeFor: (content: object) => Vocabulary | undefined = () => undefined,
): () => Vocabulary {
  let seen = content();
  let vocabulary = madeFor(seen) ?? vocabularyOf(seen);
  return () => {
    const now = content();
    if (now !== seen) {
      seen = now;
      vocabulary = madeFor(now) ?? goodVocabularyOf(now) ?? vocabulary;
    }
    return vocabulary;
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
