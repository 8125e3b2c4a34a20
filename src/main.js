#!/usr/bin/env node
/**
 * The command line: hands the words after `lvlin` to the command they name.
 * In plain JavaScript, as the one file that runs before the compile cache is there: for a file with types Node would
 * load its type stripper, 18 MB and 35 ms at every start.
 */
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Types are stripped and modules compiled once per version, not at every start. Threads find the place in the environment.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');
enableCompileCache();
if (process.argv[2] === 'start') {
  const { startSparingly } = await import('./sparing-start.ts');
  startSparingly();
}
const { runCommandLine } = await import('./commands/command-line.ts');
process.exitCode = await runCommandLine(process.argv.slice(2));
