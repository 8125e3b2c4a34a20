/** The language model that is set, and asking it something to see whether it is of use. */
import { performance } from 'node:perf_hooks';
import type { Config, LlmConfig } from '../config.ts';
import { compilePrivatePatterns } from '../language/private-parts.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import type { LanguageModel, ModelTrouble } from '../llm/language-model.ts';
import { readMeaning } from '../llm/meaning-reading.ts';
import { createModelLine, type ModelLine, type ModelLineParts } from '../llm/model-line.ts';
import { ANSWERS_WITHIN_MS, createOpenAiServer } from '../llm/openai-server.ts';
import type { Understood } from '../model/understanding.ts';
import { isEquipped, questionOf, type ReaderContent } from './second-reader.ts';

export function openModelLine({ llm }: Pick<Config, 'llm'>, parts: Omit<ModelLineParts, 'steadyNow'>): ModelLine {
  const line = createModelLine({ ...parts, steadyNow: () => performance.now() });
  if (llm !== null) line.put(modelAt(llm));
  return line;
}

export function modelAt(llm: LlmConfig): LanguageModel {
  return createOpenAiServer({ ...llm, withinMs: ANSWERS_WITHIN_MS });
}

export interface Tried {
  /** The message as it left the house. */
  readonly sent: string;
  /** `null`: it is of use. */
  readonly found: ModelTrouble | 'off-contract' | 'not-equipped' | null;
  readonly meant: Understood | null;
  readonly tookMs: number;
}

/** One sentence, as if a stranger had said it in private. */
export async function tryModel(
  model: Pick<LanguageModel, 'ask'>,
  text: string,
  {
    content,
    vocabulary,
    now,
  }: { readonly content: ReaderContent; readonly vocabulary: Vocabulary; readonly now: Date },
): Promise<Tried> {
  if (!isEquipped(content)) return { sent: '', found: 'not-equipped', meant: null, tookMs: 0 };
  const utterance = { text, chat: 'direct', mentioned: false, at: now.toISOString(), open: null } as const;
  const patterns = compilePrivatePatterns(content.languageTables);
  const question = questionOf({ utterance, names: [] }, { content, vocabulary, patterns });
  const from = performance.now();
  const answer = await model.ask(question);
  const tried = { sent: question.redacted, tookMs: performance.now() - from };
  if (!answer.ok) return { ...tried, found: answer.why, meant: null };
  const meant = readMeaning(answer.text, question);
  return { ...tried, found: meant === null ? 'off-contract' : null, meant };
}
