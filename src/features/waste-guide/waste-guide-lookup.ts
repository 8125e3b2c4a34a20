/** Looks a thing up: the community's own rules first, then the guide. */
import { normaliseName } from '../../content/name-index.ts';
import type { WasteGuide } from '../../content/waste-guide.ts';
import type { WasteItem } from '../../model/waste-item.ts';
import type { Transaction } from '../../store/store.ts';
import { findWasteRule, listWasteRules, type WasteRule } from '../../store/waste-rule-table.ts';

export type WasteFinding =
  | { readonly how: 'own-rule'; readonly rule: WasteRule }
  /** `name` is the name it is known by; where only a part of the words was known, `like` is true. */
  | { readonly how: 'guide'; readonly item: WasteItem; readonly name: string; readonly like: boolean }
  | { readonly how: 'near'; readonly items: readonly WasteItem[] }
  | { readonly how: 'unknown' };

export async function findWaste(
  tx: Transaction,
  guide: WasteGuide,
  communityId: string,
  words: string,
): Promise<WasteFinding> {
  const key = normaliseName(words);
  const own = await findWasteRule(tx, communityId, key);
  if (own !== null) return { how: 'own-rule', rule: own };
  const answer = guide.find(words);
  if ('found' in answer && answer.exact) {
    return { how: 'guide', item: answer.found, name: answer.name, like: false };
  }
  const known = 'found' in answer ? normaliseName(answer.name).length : 0;
  const within = longestWithin(await listWasteRules(tx, communityId), key, Math.max(known, SHORTEST_WITHIN));
  if (within !== null) return { how: 'own-rule', rule: within };
  if ('found' in answer) return { how: 'guide', item: answer.found, name: answer.name, like: true };
  return 'near' in answer ? { how: 'near', items: answer.near } : { how: 'unknown' };
}

/** A single character stands in too many words to be looked for inside them. */
const SHORTEST_WITHIN = 2;

function longestWithin(rules: readonly WasteRule[], key: string, atLeast: number): WasteRule | null {
  const fitting = rules.filter(({ nameKey }) => nameKey.length >= atLeast && key.includes(nameKey));
  return fitting.toSorted((one, other) => other.nameKey.length - one.nameKey.length)[0] ?? null;
}
