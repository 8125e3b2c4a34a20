/** The service of chains, joined from what each page may do. */
import { countOpenDoubts } from '../../store/chain-doubt-table.ts';
import { answerDoubt } from './answer-doubt.ts';
import { assignChain, restoreEntry, withdrawEntry } from './chain-office.ts';
import type { ChainParts } from './chain-parts.ts';
import { listChainViews, listDoubtViews, targetViewOf, viewChain } from './chain-views.ts';
import { rememberChainWords } from './chain-words.ts';
import type { ChainsService } from './chains-service.ts';
import { openTargets } from './hear-copy.ts';
import { hearPasted } from './hear-pasted.ts';
import { listNotYet } from './not-yet-list.ts';
import { readyText } from './ready-text.ts';

export function createChainsService(parts: ChainParts): ChainsService {
  const words = rememberChainWords(parts.content);
  const reading = () => ({ ...parts, words: words() });
  return {
    list: (tx, community, page, now) => listChainViews(tx, parts, community, page, now),
    view: (tx, office, chainId, view) => viewChain(tx, reading(), office, chainId, view),
    listDoubts: (tx, community, now, limit) => listDoubtViews(tx, reading(), community, { now, limit }),
    countDoubts: async (tx, community) => {
      const counted = await countOpenDoubts(tx, community.id);
      return [...counted.values()].reduce((sum, doubts) => sum + doubts, 0);
    },
    answer: (tx, office, doubtId, answer) => answerDoubt(tx, reading(), office, doubtId, answer),
    assign: (tx, office, chainId, target) => assignChain(tx, parts, office, chainId, target),
    withdraw: (tx, office, entryId) => withdrawEntry(tx, parts, office, entryId),
    restore: (tx, office, entryId) => restoreEntry(tx, parts, office, entryId),
    hearPasted: (tx, office, pasted) => hearPasted(tx, reading(), office, pasted),
    listTargets: async (tx, community, now) => (await openTargets(tx, parts, community, now)).map(targetViewOf),
    readyText: (tx, community, target, now) => readyText(tx, parts, community, target, now),
    listNotYet: (tx, office, query) => listNotYet(tx, parts, office, query),
  };
}
