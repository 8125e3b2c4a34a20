/** Questions a tip answers: how many degrees, how long, how much. What no row knows is left to others. */
import { normaliseName } from '../../content/name-index.ts';
import type { Tip } from '../../model/tip.ts';
import type { Understood } from '../../model/understanding.ts';
import type { Turn } from '../../runtime/feature.ts';
import type { TipContent } from './tips-parts.ts';

// Longer ones tell a story and ask something about it.
const LONGEST = 24;

/** The tip that answers it, of those that hold where the community is. Rows of data/language/tip-questions.csv. */
export function tipAsked(text: string, { tips, languageTables }: TipContent, region: string): Tip | null {
  const said = normaliseName(text);
  if (said.length > LONGEST) return null;
  for (const { words = '', tip: id } of languageTables[TABLE] ?? []) {
    const parts = words.split(' ').map(normaliseName).filter(Boolean);
    if (parts.length === 0 || !parts.every((part) => said.includes(part))) continue;
    const tip = tips.find((one) => one.id === id);
    if (tip !== undefined && (tip.regions.length === 0 || tip.regions.includes(region))) return tip;
  }
  return null;
}

const TABLE = 'tip-questions';

/** Asked before a question is given to a person of the committee. */
export function createTipHint(content: () => TipContent): (turn: Turn) => { readonly readAs: Understood } | null {
  return ({ text, understood, community }) => {
    if (understood.intent !== 'question' && understood.intent !== 'none') return null;
    const tip = tipAsked(text, content(), community.settings.province);
    return tip === null ? null : { readAs: { intent: 'tip.ask', slots: {} } };
  };
}
