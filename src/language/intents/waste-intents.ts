/** Which bin something goes into. */
import { type IntentReader, reasons } from '../evidence.ts';
import type { Hit } from '../lexicon.ts';
import { unifyScript } from '../normalise.ts';
import { withoutPadding } from '../padding.ts';
import { hears, hitsOf, type Reading } from '../reading.ts';
import type { Signal } from '../signals.ts';
import type { Span } from '../text-mask.ts';
import { readNamedThings, readWasteItem } from '../waste-item-slot.ts';
import { leftAfter } from './overheard.ts';

// What follows the asking words among neighbours is a plea or nothing: 是什么垃圾啊，太难吃 asks no bin.
const LEFT_OF_QUESTION = 1;
const LONGEST_BARE_ITEM = 20;
/** Who says one of these means to do something with the thing, or tells of it. */
const NO_THING: readonly Signal[] = [
  'pledge',
  'intends',
  'own-family',
  'join',
  'acknowledge',
  'complaint',
  'report',
  'thanks',
  'greet',
];

export const WASTE_INTENTS: readonly IntentReader[] = [
  {
    intent: 'waste.ask',
    weigh: (reading) => {
      const plain = hears(reading, 'waste-ask');
      const bare = bareItem(reading) !== undefined;
      const atLoss = isAtLoss(reading);
      if (!plain && !bare && !atLoss && !hears(reading, 'waste-ask-weak')) return [];
      const item = itemAsked(reading);
      return reasons(
        [plain, 4, 'asks which bin'],
        [bare, 4.75, 'is a thing of the guide and nothing else'],
        [!plain && !bare, 2, 'asks how to throw something away'],
        [!plain && !bare && reading.hits.has('waste'), 1.5, 'names a thing of the guide'],
        [
          !plain && !bare && hears(reading, 'throws') && item !== undefined,
          2.5,
          'asks how to throw away what it names',
        ],
        [!plain && !bare && hears(reading, 'old-thing'), 1, 'names something that is of no more use'],
        [item === undefined, -4, 'names no thing'],
        [hears(reading, 'waste-lost'), -6, 'looks for something lost'],
        [hears(reading, 'complaint') && !plain && !bare, -2, 'complains'],
      );
    },
    slots: (reading) => {
      const item = itemAsked(reading);
      return item === undefined ? {} : { item };
    },
    overheard: (reading) =>
      (hears(reading, 'waste-ask') || (hears(reading, 'throws') && reading.hits.has('waste'))) &&
      !hears(reading, 'other-party') &&
      !complains(reading) &&
      leftAfter(reading, endOfQuestion(reading)) <= LEFT_OF_QUESTION,
  },
];

/** 过期药怎么办: about a thing of the guide that is of no more use, what to do is where to throw it. */
function isAtLoss(reading: Reading): boolean {
  return hears(reading, 'what-now') && hears(reading, 'old-thing') && reading.hits.has('waste');
}

/** 陶瓷碗摔碎了 tells of the thing asked about; any other complaint is for the neighbours. */
function complains(reading: Reading): boolean {
  const item = spanAsked(reading);
  const ask = hitsOf(reading, 'waste-ask')[0]?.start ?? 0;
  return hitsOf(reading, 'complaint').some(({ start, end }) => item === undefined || start < item.start || end > ask);
}

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
  const ask =
    longestFirstHit(hitsOf(reading, 'waste-ask')) ??
    longestFirstHit(hitsOf(reading, 'waste-ask-weak')) ??
    longestFirstHit(hitsOf(reading, 'what-now'));
  if (ask === undefined) return bareItem(reading);
  return readWasteItem(reading.text, ask, reading.hits, reading.vocabulary.waste);
}

/** 充电宝: to the bot its name alone is the question. */
function bareItem(reading: Reading): Span | undefined {
  const { text, hits, vocabulary } = reading;
  if (text.length > LONGEST_BARE_ITEM) return undefined;
  const { waste, padding } = vocabulary;
  const words = withoutPadding(text, text, padding);
  if (waste.notAlone.test(words)) return undefined;
  const bare = words.replace(waste.front, '');
  const known = hits.get('waste')?.find(({ start, end }) => [words, bare].includes(text.slice(start, end)));
  if (known !== undefined) return known;
  const start = text.indexOf(bare);
  if (waste.thing.test(bare)) return { start, end: start + bare.length };
  if (reading.open !== null || hears(reading, ...NO_THING)) return undefined;
  const names = (hits.get('waste') ?? []).map((hit) => text.slice(hit.start, hit.end));
  const named = readNamedThings(words, names, waste);
  return named === undefined
    ? undefined
    : { start: text.indexOf(words) + named.start, end: text.indexOf(words) + named.end };
}

/** Of the asking words that begin first, the longest: 扔哪个桶 and not only 扔哪. */
function longestFirstHit(hits: readonly Hit[]): Hit | undefined {
  const [first] = hits;
  return hits.filter((hit) => hit.start === first?.start).sort((a, b) => b.end - a.end)[0];
}
