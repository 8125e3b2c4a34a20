/** One benchmark in a process of its own, begun as the program is (src/main.js); what it found goes to the process that asked. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { isBenchmark, loadBenchmark } = await import('./benchmark-list.ts');
const [name = ''] = process.argv.slice(2);
if (!isBenchmark(name)) throw new Error(`there is no benchmark ${name}`);
const { measure } = await loadBenchmark(name);
process.send?.(await measure());
process.disconnect?.();
