/** The first start of a version strips its types and compiles it. What is measured is every later one, so this is the first. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// By then the thread of the checkpoint has been started, too.
const STAYS_MS = 2_000;

enableCompileCache();
const { BENCHMARK_NAMES, loadBenchmark } = await import('./benchmark-list.ts');
for (const name of BENCHMARK_NAMES) await loadBenchmark(name);
await import('../src/app.ts');
const { openStreet, readContent } = await import('./street.ts');
const { scratchFolder } = await import('./scratch.ts');
const street = await openStreet(join(scratchFolder(), 'lvlin.sqlite'), await readContent());
await sleep(STAYS_MS);
await street.stop();
process.disconnect?.();
