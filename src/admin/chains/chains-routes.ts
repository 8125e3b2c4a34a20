/** The pages of #接龙 and who may use them. */
import { action, formAction, page } from '../admin-route.ts';
import { answerDoubt, putBack, sayAbout, takeOff } from './chain-actions.ts';
import { showChain, showChainInFull } from './chain-page.ts';
import { showChains } from './chains-page.ts';
import { showNotYet, showNotYetForm } from './not-yet-page.ts';
import { pasteChain } from './paste-chain.ts';
import { showStart } from './start-page.ts';

const ONE = '/chains/:id';
const ENTRY = `${ONE}/entries/:entry`;

export const CHAINS_ROUTES = [
  page('/chains', 'viewer', (visit) => showChains(visit)),
  page('/chains/start', 'worker', showStart),
  page('/chains/not-yet', 'worker', showNotYetForm),
  action('/chains/not-yet', 'worker', showNotYet),
  formAction('/chains/paste', 'worker', pasteChain),
  formAction('/chains/doubts/:doubt', 'worker', answerDoubt),
  page(ONE, 'viewer', (visit) => showChain(visit)),
  formAction(`${ONE}/full`, 'worker', showChainInFull),
  action(`${ONE}/about`, 'worker', sayAbout),
  action(`${ENTRY}/take-off`, 'worker', takeOff),
  action(`${ENTRY}/put-back`, 'worker', putBack),
] as const;
