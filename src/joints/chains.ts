/** Chains, joined with what their entries end in. */
import type { Content } from '../content/content.ts';
import type { ForgettingDesk } from '../features/chains/chain-keeper.ts';
import type { ChainParts } from '../features/chains/chain-parts.ts';
import type { Understand } from '../features/chains/read-line.ts';
import type { RenderText } from '../model/text.ts';
import { chainPledges } from './chain-pledges.ts';
import { CHAIN_SHIFTS } from './chain-shifts.ts';
import { createReader } from './reader.ts';

export interface ChainJoints {
  readonly content: () => Content;
  readonly render: RenderText;
  /** Absent: a reader of its own, made when the first list is read. */
  readonly understand?: Understand;
}

export function chainParts({ content, render, understand = readerOf(content) }: ChainJoints): ChainParts {
  const pledges = chainPledges({ habitBook: content, understand, render });
  return { desks: [CHAIN_SHIFTS, pledges], content, understand, render };
}

/** Whoever holds a name that was written into a list for somebody else. A household bears none. */
export const FORGETTING_DESKS: readonly ForgettingDesk[] = [CHAIN_SHIFTS, { kind: 'pledges', forget: async () => {} }];

function readerOf(content: () => Content): Understand {
  let reader: Understand | undefined;
  return (utterance) => {
    reader ??= createReader(content);
    return reader(utterance);
  };
}
