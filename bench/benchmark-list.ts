/** Every benchmark there is, in the order in which they run. */
import type { Finding } from './figure.ts';

interface BenchmarkModule {
  readonly measure: () => Promise<Finding>;
}

const BENCHMARKS = {
  'full-path': () => import('./full-path.ts'),
  'full-path-postgres': () => import('./full-path-postgres.ts'),
  'slow-disk': () => import('./slow-disk.ts'),
  size: () => import('./size.ts'),
  start: () => import('./start.ts'),
  memory: () => import('./memory.ts'),
  telegram: () => import('./telegram.ts'),
  broadcast: () => import('./broadcast.ts'),
  peers: () => import('./peers.ts'),
  understand: () => import('./understand.ts'),
  chains: () => import('./chains.ts'),
  lowdb: () => import('./lowdb.ts'),
} satisfies Record<string, () => Promise<BenchmarkModule>>;

export type BenchmarkName = keyof typeof BENCHMARKS;

export const BENCHMARK_NAMES: readonly string[] = Object.keys(BENCHMARKS);

export function isBenchmark(name: string): name is BenchmarkName {
  return BENCHMARK_NAMES.includes(name);
}

export function loadBenchmark(name: BenchmarkName): Promise<BenchmarkModule> {
  return BENCHMARKS[name]();
}
