/** Makes the vocabulary of a set of content while the set is checked, in slices, and hands it out once the set is taken over. */
import type { Content } from '../content/content.ts';
import { VocabularyFault } from '../language/tables.ts';
import { type Vocabulary, vocabularyInSlices } from '../language/vocabulary.ts';
import { inSlices } from '../lib/in-slices.ts';
import type { ContentFault } from '../model/content-fault.ts';
import { faultOf, knownThings } from './reader.ts';

export interface VocabularyBook {
  /** For `alsoCheck` of the content. */
  readonly check: (content: Content) => Promise<readonly ContentFault[]>;
  /** Of a set that went through the check. */
  readonly of: (content: object) => Vocabulary | undefined;
}

export function createVocabularyBook(): VocabularyBook {
  const made = new WeakMap<object, Vocabulary>();
  return {
    of: (content) => made.get(content),
    check: async (content) => {
      try {
        made.set(content, await inSlices(vocabularyInSlices(content.languageTables, knownThings(content))));
        return [];
      } catch (cause) {
        if (cause instanceof VocabularyFault) return [faultOf(cause)];
        throw cause;
      }
    },
  };
}
