/** A list that a whole group fills in: WeChat's own #接龙 anywhere, one typed by hand only when the bot is spoken to. */
import type { Slots } from '../../model/understanding.ts';
import { type Chain, readTypedChain } from '../chain.ts';
import { type IntentReader, reasons } from '../evidence.ts';
import { hears, type Reading } from '../reading.ts';

export const CHAIN_INTENTS: readonly IntentReader[] = [
  {
    intent: 'chain',
    weigh: (reading) =>
      reasons(
        [reading.chain !== undefined, 20, 'a chain made by the chat'],
        [typedChain(reading) !== undefined, 7, 'a numbered list of people'],
      ),
    slots: (reading) => chainSlots(reading.chain ?? typedChain(reading)),
    overheard: (reading) => reading.chain !== undefined,
  },
];

function chainSlots(chain: Chain | undefined): Slots {
  if (chain === undefined) return {};
  return { ...(chain.theme === undefined ? {} : { theme: chain.theme }), entries: [...chain.entries] };
}

function typedChain(reading: Reading): Chain | undefined {
  if (!reading.addressed || reading.open !== null) return undefined;
  if (hears(reading, 'pledge', 'publish-notice', 'publish-activity')) return undefined;
  // A numbered list of habits is a pledge or a choice.
  if (reading.habits.habits.length > 1) return undefined;
  return readTypedChain(reading, reading.vocabulary.chain);
}
