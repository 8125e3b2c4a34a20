/** The committee's pages with the records in PostgreSQL: the day's page and the notices, each page and action once more. */
import { withPostgres } from '../support/for-each-store.ts';
import { openTestStoresWith } from '../support/test-store.ts';

withPostgres((open) => openTestStoresWith(open));

await import('./today.test.ts');
await import('./notices.test.ts');
