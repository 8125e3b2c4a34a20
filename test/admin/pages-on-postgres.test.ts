/** The committee's pages with the records in PostgreSQL: what the day's page shows and does, once more. */
import { withPostgres } from '../support/for-each-store.ts';
import { openTestStoresWith } from '../support/test-store.ts';

withPostgres((open) => openTestStoresWith(open));

await import('./today.test.ts');
