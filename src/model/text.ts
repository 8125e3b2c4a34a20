/** What the bot's texts are: a catalogue of keys with their variables, and the type-checked way to say one of them. */

/** Every key a feature may say, with the names of the variables its text must hold. */
export type TextCatalogue = Readonly<Record<string, readonly string[]>>;

export type TextValue = string | number;
export type TextVariables = Readonly<Record<string, TextValue>>;

/** The variables of one key of a catalogue; a key without variables asks for none. */
export type VariablesOf<C extends TextCatalogue, K extends keyof C> = Readonly<Record<C[K][number], TextValue>>;

/** A text to be said, before a language and a wording are chosen. */
export type Saying = { readonly key: string; readonly variables: TextVariables };

/**
 * `say('pledge.made', { name, habits })`, checked against a catalogue written `as const satisfies TextCatalogue`:
 * an unknown key, a missing or an unknown variable is a type error.
 */
export type Say<C extends TextCatalogue, Result = Saying> = <K extends keyof C & string>(
  key: K,
  ...variables: [C[K][number]] extends [never] ? [] : [VariablesOf<C, K>]
) => Result;

/** Turns a key into words. The same `seed` always picks the same of several wordings. */
export type RenderText = (locale: string, key: string, variables: TextVariables, seed: string) => string;

/** The longest a text may be, in graphemes, for keys where it matters (a group takes two lines of 60). */
export type TextLimits = Readonly<Record<string, number>>;
