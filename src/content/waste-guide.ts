/** Answers what bin a thing goes to: by its name, by the longest known name within the words, else by what sounds near. */
import type { WasteClass, WasteClassName, WasteItem } from '../model/waste-item.ts';
import { createNameIndex, normaliseName } from './name-index.ts';

/** `exact` is false where only a part of the words was known: then the answer says which name it is for. */
export type WasteAnswer =
  | { readonly found: WasteItem; readonly name: string; readonly exact: boolean }
  | { readonly near: readonly WasteItem[] }
  | { readonly none: true };

export type WasteGuide = {
  readonly items: readonly WasteItem[];
  readonly classNames: readonly WasteClassName[];
  readonly find: (words: string) => WasteAnswer;
  readonly get: (id: string) => WasteItem | undefined;
  /** The name of a class where `scheme` holds; the national one for a scheme nobody wrote down. */
  readonly className: (wasteClass: WasteClass, scheme: string) => WasteClassName | undefined;
};

const NEAREST = 3;

export function createWasteGuide(items: readonly WasteItem[], classNames: readonly WasteClassName[]): WasteGuide {
  const byId = new Map(items.map((item) => [item.id, item]));
  const names = items.flatMap((item) => [item.name, ...item.aliases].map((name) => ({ name, value: item })));
  const index = createNameIndex(names);

  function find(words: string): WasteAnswer {
    const name = normaliseName(words);
    const exact = index.exact(name);
    if (exact !== undefined) return { found: exact.value, name: exact.name, exact: true };
    const within = index.longestWithin(name);
    if (within !== undefined) return { found: within.value, name: within.name, exact: false };
    const near = index.nearest(name, NEAREST);
    return near.length === 0 ? { none: true } : { near };
  }

  function className(wasteClass: WasteClass, scheme: string): WasteClassName | undefined {
    const names = classNames.filter((name) => name.class === wasteClass);
    return names.find((name) => name.scheme === scheme) ?? names.find((name) => name.scheme === 'national');
  }

  return { items, classNames, find, get: (id) => byId.get(id), className };
}
