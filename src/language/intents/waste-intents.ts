/** Which bin something goes into. */
import { type IntentReader, reasons } from '../evidence.ts';
import type { Hit } from '../lexicon.ts';
import { unifyScript } from '../normalise.ts';
import { withoutPadding } from '../padding.ts';
import { hears, hitsOf, type Reading } from '../reading.ts';
import type { Span } from '../text-mask.ts';
import { readWasteItem } from '../waste-item-slot.ts';
import { leftAfter } from './overheard.ts';

// What follows the asking words among neighbours is a plea or nothing: 是什么垃圾啊，太难吃 asks no bin.
const LEFT_OF_QUESTION = 1;
const LONGEST_BARE_ITEM = 20;

export const WASTE_INTENTS: readonly IntentReader[] = [
  {
    intent: 'waste.ask',
    weigh: (reading) => {
      const plain = hears(reading, 'waste-ask');
      const bare = bareItem(reading) !== undefined;
      if (!plain && !bare && !hears(reading, 'waste-ask-weak')) return [];
      const item = itemAsked(reading);
      return reasons(
        [plain, 4, 'asks which bin'],
        [bare, 4.75, 'is a thing of the guide and nothing else'],
        [!plain && !bare, 2, 'asks how to throw something away'],
        [!plain && !bare && reading.hits.has('waste'), 1.5, 'names a thing of the guide'],
        [item === undefined, -4, 'names no thing'],
        [hears(reading, 'waste-lost'), -6, 'looks for something lost'],
        [hears(reading, 'complaint') && !plain, -2, 'complains'],
      );
    },
    slots: (reading) => {
      const item = itemAsked(reading);
      return item === undefined ? {} : { item };
    },
    overheard: (reading) =>
      hears(reading, 'waste-ask') &&
      !hears(reading, 'complaint', 'other-party') &&
      leftAfter(reading, endOfQuestion(reading)) <= LEFT_OF_QUESTION,
  },
];

function endOfQuestion(reading: Reading): number {
  return Math.max(spanAsked(reading)?.end ?? 0, ...hitsOf(reading, 'waste-ask').map(({ end }) => end));
}

/** In the person's own words, but for a homophone: 大骨透 is given as 大骨头, so that it still finds its bin. */
function itemAsked(reading: Reading): string | undefined {
  const item = spanAsked(reading);
  if (item === undefined) return undefined;
  const said = reading.said.slice(item.start, item.end);
  const meant = reading.text.slice(item.start, item.end);
  return unifyScript(said, reading.vocabulary.folding) === meant ? said : meant;
}

function spanAsked(reading: Reading): Span | undefined {
  const ask = longestFirstHit(hitsOf(reading, 'waste-ask')) ?? longestFirstHit(hitsOf(reading, 'waste-ask-weak'));
  if (ask === undefined) return bareItem(reading);
  return readWasteItem(reading.text, ask, reading.hits, reading.vocabulary.waste);
}

/** 充电宝: to the bot its name alone is the question. */
function bareItem({ text, hits, vocabulary }: Reading): Span | undefined {
  if (text.length > LONGEST_BARE_ITEM) return undefined;
  const { waste, padding } = vocabulary;
  const words = withoutPadding(text, text, padding);
  if (waste.notAlone.test(words)) return undefined;
  const bare = words.replace(waste.front, '');
  const known = hits.get('waste')?.find(({ start, end }) => [words, bare].includes(text.slice(start, end)));
  if (known !== undefined || !waste.thing.test(bare)) return known;
  const start = text.indexOf(bare);
  return { start, end: start + bare.length };
}

/** Of the asking words that begin first, the longest: 扔哪个桶 and not only 扔哪. */
function longestFirstHit(hits: readonly Hit[]): Hit | undefined {
  const [first] = hits;
  return hits.filter((hit) => hit.start === first?.start).sort((a, b) => b.end - a.end)[0];
}
