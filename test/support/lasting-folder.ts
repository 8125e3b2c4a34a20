/** For what is made once and serves later runs, and for programs: nothing may be started from memory on some systems. */
import { tmpdir } from 'node:os';

export function lastingFolder(): string {
  return process.env.TESTS_KEEP_IN ?? tmpdir();
}
