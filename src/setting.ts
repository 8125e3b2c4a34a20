/** One setting from outside: what it is called, what fits, what holds when nobody set it. */
import type { z } from 'zod';

/** `.env.example` is made from the list of these (`npm run -s lvlin -- settings`). */
export interface Setting {
  readonly name: string;
  readonly schema: z.ZodType<string>;
  /** What holds when it is absent; `null`: nothing, or something worked out. */
  readonly byDefault: string | null;
  readonly example: string;
  /** The key of a text that says what it is for (prompts/<locale>/command-line.md). */
  readonly about: `setting.${string}`;
  /** Its key in settings.json; `null`: it is set by the environment alone. */
  readonly inFile: string | null;
}
