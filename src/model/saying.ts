/** The way a feature or a page speaks: by key, checked against its own catalogue. */
import type { Say, TextCatalogue } from './text.ts';

/** `const say = sayerOf(PLEDGE_TEXTS)`; then `say('pledge.made', { habits })` is type-checked. */
export function sayerOf<const C extends TextCatalogue>(_catalogue: C): Say<C> {
  return (key, ...variables) => ({ key, variables: variables[0] ?? {} });
}
