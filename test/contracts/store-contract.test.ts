/** Every database keeps the same promises. */
import { forEachStore } from '../support/for-each-store.ts';
import { storeContract } from './store-contract.ts';

forEachStore((open) => storeContract(open));
