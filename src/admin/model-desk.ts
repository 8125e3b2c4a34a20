/** What the site may see and set of the language model that is asked about what nobody understands; joined in app.ts. */
import type { AccountSetting } from './channel-desk.ts';

/** By their keys in settings.json. */
export const MODEL_FIELDS = ['llmBaseUrl', 'llmApiKey', 'llmModel'] as const;
export type ModelField = (typeof MODEL_FIELDS)[number];
export type ModelValues = Readonly<Partial<Record<ModelField, string>>>;
export type ModelSettings = Readonly<Record<ModelField, AccountSetting>>;

/** `resting`: it failed several times in a row and is left alone for a minute. */
export type ModelStanding = 'none' | 'well' | 'resting';

/** Why it is of no use; `off-contract`: it answers, and not in the agreed form; `not-equipped`: what it is asked with is missing here. */
export const MODEL_FINDINGS = [
  'unreachable',
  'too-slow',
  'too-long',
  'refused',
  'no-such-model',
  'busy',
  'failed',
  'unreadable',
  'off-contract',
  'not-equipped',
] as const;
export type ModelFinding = (typeof MODEL_FINDINGS)[number];

/** `refused`: it was tried and is of no use; everything is as before. */
export type ModelOutcome =
  | { readonly is: 'connected' }
  | { readonly is: 'wrong'; readonly fields: readonly ModelField[] }
  | { readonly is: 'refused'; readonly found: ModelFinding }
  | { readonly is: 'unreadable' };

/** What became of a sentence that somebody tried. */
export interface Trial {
  /** The message as it left the house. */
  readonly sent: string;
  /** `null`: it answered in the agreed form. */
  readonly found: ModelFinding | null;
  /** Whether it knew what was meant. */
  readonly isUnderstood: boolean;
}

export interface ModelDesk {
  standing(): ModelStanding;
  /** `null`: the settings file cannot be read. */
  read(): Promise<ModelSettings | null>;
  /** Asks it something; only when it answers as agreed it is kept and asked from now on. What is left out stays. */
  connect(values: ModelValues): Promise<ModelOutcome>;
  /** Asks nobody any more, and forgets what was set here. What the environment says comes back at the next start. */
  forget(): Promise<void>;
  /** `null`: none is set. */
  tryOut(text: string, now: Date): Promise<Trial | null>;
  readonly aDay: { readonly ofPerson: number; readonly ofGroup: number; readonly ofCommunity: number };
  /** Where it is kept. */
  readonly file: string;
}
