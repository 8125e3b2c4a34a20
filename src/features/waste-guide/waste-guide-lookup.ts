/** Looks a thing up: the community's own rules first, then the guide. */
import { normaliseName } from '../../content/name-index.ts';
import type { WasteGuide } from '../../content/waste-guide.ts';
import type { WasteItem } from '../../model/waste-item.ts';
import { listOwnWords } from '../../store/own-word-table.ts';
import type { Transaction } from '../../store/store.ts';
import { findWasteRule, listWasteRules, type WasteRule } from '../../store/waste-rule-table.ts';

export type WasteFinding =
  | { readonly how: 'own-rule'; readonly rule: WasteRule }
  /** `name` is the name it is known by; where only the end of the words was known (an old X), `like` is true. */
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
  const isInGuide = 'found' in answer && answer.exact;
  const taught = await findTaught(tx, guide, communityId, key);
  if (taught !== null && (!isInGuide || normaliseName(taught.name) === key)) return taught;
  if ('none' in answer) return (await ownLike(tx, communityId, key, 0)) ?? { how: 'unknown' };
  if ('near' in answer) return (await ownLike(tx, communityId, key, 0)) ?? { how: 'near', items: answer.near };
  const { found: item, name } = answer;
  if (answer.exact) return { how: 'guide', item, name, like: false };
  const like = await ownLike(tx, communityId, key, normaliseName(name).length);
  if (like !== null) return like;
  return isAbout(key, normaliseName(name)) ? { how: 'guide', item, name, like: true } : { how: 'near', items: [item] };
}

/** What workers have taught it is called here, at the end of the words: 新 and what they call it is about it too. */
async function findTaught(
  tx: Transaction,
  guide: WasteGuide,
  communityId: string,
  key: string,
): Promise<Extract<WasteFinding, { how: 'guide' }> | null> {
  const fitting = (await listOwnWords(tx, communityId)).filter(
    ({ kind, said }) => kind === 'waste' && isAbout(key, normaliseName(said)),
  );
  const [word] = fitting.toSorted((one, other) => other.said.length - one.said.length);
  const item = word === undefined ? undefined : guide.get(word.meaning);
  return word === undefined || item === undefined ? null : { how: 'guide', item, name: word.said, like: false };
}

const MOST_THINGS = 3;

/** "Fish bones and a tin": the things named, split at the joining words of data/language/waste-words.csv. */
export function thingsIn(words: string, rows: readonly Readonly<Record<string, string>>[]): string[] {
  let parts = [words];
  for (const { kind, word = '' } of rows) {
    if (kind === 'and' && word !== '' && words.includes(word)) parts = parts.flatMap((part) => part.split(word));
  }
  const things = parts.map((part) => part.trim()).filter((part) => part !== '');
  return things.length <= MOST_THINGS ? things : [words];
}

/** What a Chinese compound is about stands at its end: an old net is a net, but a litter tray is not litter. */
function isAbout(key: string, nameKey: string): boolean {
  return key.endsWith(nameKey);
}

/** A single character ends too many words to be a sign. */
const SHORTEST = 2;

/** The community's rule with the longest name that the words are about, where it says more than the guide does. */
async function ownLike(tx: Transaction, communityId: string, key: string, known: number): Promise<WasteFinding | null> {
  const fitting = (await listWasteRules(tx, communityId)).filter(
    ({ nameKey }) => nameKey.length >= Math.max(known, SHORTEST) && isAbout(key, nameKey),
  );
  const [rule] = fitting.toSorted((one, other) => other.nameKey.length - one.nameKey.length);
  return rule === undefined ? null : { how: 'own-rule', rule };
}
