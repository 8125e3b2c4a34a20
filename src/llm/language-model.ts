/** The port to a language model: something that is given instructions and a text, and answers with a text or not at all. */

export interface ModelQuestion {
  readonly instructions: string;
  readonly text: string;
}

/**
 * `unreachable`: nobody there, or the connection broke; `refused`: the key is not taken; `no-such-model`: the address or
 * the name is wrong; `busy`: asked too often; `failed`: any other refusal; `unreadable`: no answer of the known form.
 */
export const MODEL_TROUBLES = [
  'unreachable',
  'too-slow',
  'too-long',
  'refused',
  'no-such-model',
  'busy',
  'failed',
  'unreadable',
] as const;
export type ModelTrouble = (typeof MODEL_TROUBLES)[number];

export type ModelAnswer =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: ModelTrouble };

export interface LanguageModel {
  /** Never rejects, and is over within a time of its own. */
  ask(question: ModelQuestion): Promise<ModelAnswer>;
  /** What is under way ends by itself. */
  close(): Promise<void>;
}
