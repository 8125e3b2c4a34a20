import { expect, it } from 'vitest';
import { forEachStore } from '../support/for-each-store.ts';
forEachStore((open, dialect) => { it('opens', async () => { const t = await open(); expect(t.store.dialect).toBe(dialect); await t.close(); }); });
