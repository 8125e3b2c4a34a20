/** Every text of every locale, ready to be said. */
import { LvlinError } from '../model/errors.ts';
import type { RenderText } from '../model/text.ts';
import type { WrittenText } from './text-file.ts';
import { fillTemplate, parseTemplate } from './text-template.ts';

export const BASE_LOCALE = 'zh-CN';

export type Texts = {
  readonly locales: readonly string[];
  readonly render: RenderText;
  /** Whether the first locale has a text for this key. */
  readonly has: (key: string) => boolean;
};

export function createTexts(written: ReadonlyMap<string, readonly WrittenText[]>): Texts {
  const locales = new Map([...written].map(([locale, texts]) => [locale, toTemplates(texts)]));
  const base = locales.get(BASE_LOCALE);

  // The content check finds a key without a text before anyone is spoken to.
  function render(...[locale, key, variables, seed]: Parameters<RenderText>): string {
    const wordings = locales.get(locale)?.get(key) ?? base?.get(key);
    const chosen = wordings?.[wordings.length === 1 ? 0 : hash(seed) % wordings.length];
    if (chosen === undefined) throw new LvlinError('content-broken', { key });
    return fillTemplate(chosen, variables);
  }

  return { locales: [...locales.keys()], render, has: (key) => base?.has(key) ?? false };
}

function toTemplates(texts: readonly WrittenText[]) {
  return new Map(texts.map((text) => [text.key, text.variants.map(parseTemplate)]));
}

/** FNV-1a, 32 bits: the same seed gives the same wording on every machine, forever. */
function hash(seed: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < seed.length; index += 1) {
    value = Math.imul(value ^ seed.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
