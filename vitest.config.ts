import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const everyFile = 'test/**/*.test.ts';
// It runs the cases of other test files once more, which only a process can do that has not loaded them yet.
const alone = ['test/admin/pages-on-postgres.test.ts'];

export default defineConfig({
  test: {
    // Where something hangs; a slow machine that does other things besides must not come near it.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000, interval: 10 } },
    globalSetup: 'test/support/memory-folder.ts',
    pool: 'forks',
    // Tests wait for disks, databases and browsers as much as they compute: none of the cores is kept free.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      // Nothing under src/ keeps a state of its own, so files may share a process: it reads code and content once.
      { extends: true, test: { name: 'shared', include: [everyFile], exclude: alone, isolate: false } },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
