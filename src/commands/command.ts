/** What every command is: it gets the settings and a voice, and answers with an exit code. */
import type { Config } from '../config.ts';
import type { Saying } from '../model/text.ts';

export const EXIT = { ok: 0, fault: 1, usage: 2, partial: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Turns a saying into words of the language that is set. */
export type Speak = (saying: Saying) => string;

export interface CommandContext {
  readonly config: Config;
  readonly speak: Speak;
  /** What was asked for: standard output. */
  readonly print: (line: string) => void;
  /** What a person should know meanwhile: standard error. */
  readonly tell: (line: string) => void;
}
