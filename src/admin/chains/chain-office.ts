/** In whose name a page acts on lists, and how it is kept: the change and the messages that follow from it in one go. */
import type { ChainOffice } from '../../features/chains/chains-service.ts';
import type { Effects } from '../../runtime/feature.ts';
import type { Transaction } from '../../store/store.ts';
import type { Visit } from '../visit.ts';

export function officeOf({ community, staff, now }: Visit): ChainOffice {
  return { community, staffId: staff.id, now };
}

type Acted = { readonly ok: boolean; readonly effects?: Effects };

export function commitChain<R extends Acted>(visit: Visit, work: (tx: Transaction) => Promise<R>): Promise<R> {
  return visit.parts.commit(visit.community.id, 'chains', async (tx) => {
    const result = await work(tx);
    return { result, ...(result.effects === undefined ? {} : { effects: result.effects }) };
  });
}
