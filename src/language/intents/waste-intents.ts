/** Which bin something goes into. */
import { type IntentReader, reasons } from '../evidence.ts';
import type { Hit } from '../lexicon.ts';
import { unifyScript } from '../normalise.ts';
import { hears, hitsOf, type Reading } from '../reading.ts';
import { readWasteItem } from '../waste-item-slot.ts';

export const WASTE_INTENTS: readonly IntentReader[] = [
  {
    intent: 'waste.ask',
    weigh: (reading) => {
      const plain = hears(reading, 'waste-ask');
      if (!plain && !hears(reading, 'waste-ask-weak')) return [];
      const item = itemAsked(reading);
      return reasons(
        [plain, 4, 'asks which bin'],
        [!plain, 2, 'asks how to throw something away'],
        [!plain && reading.hits.has('waste'), 1.5, 'names a thing of the guide'],
        [item === undefined, -4, 'names no thing'],
        [hears(reading, 'waste-lost'), -6, 'looks for something lost'],
        [hears(reading, 'complaint') && !plain, -2, 'complains'],
      );
    },
    slots: (reading) => {
      const item = itemAsked(reading);
      return item === undefined ? {} : { item };
    },
    overheard: (reading) => hears(reading, 'waste-ask') && !hears(reading, 'complaint', 'other-party'),
  },
];

/** In the person's own words, but for a homophone: 大骨透 is given as 大骨头, so that it still finds its bin. */
function itemAsked(reading: Reading): string | undefined {
  const ask = longestFirstHit(hitsOf(reading, 'waste-ask')) ?? longestFirstHit(hitsOf(reading, 'waste-ask-weak'));
  if (ask === undefined) return undefined;
  const item = readWasteItem(reading.text, ask, reading.hits, reading.vocabulary.waste);
  if (item === undefined) return undefined;
  const said = reading.said.slice(item.start, item.end);
  const meant = reading.text.slice(item.start, item.end);
  return unifyScript(said, reading.vocabulary.folding) === meant ? said : meant;
}

/** Of the asking words that begin first, the longest: 扔哪个桶 and not only 扔哪. */
function longestFirstHit(hits: readonly Hit[]): Hit | undefined {
  const [first] = hits;
  return hits.filter((hit) => hit.start === first?.start).sort((a, b) => b.end - a.end)[0];
}
