#!/usr/bin/env node
/** The command line: hands the words after `lvlin` to the command they name. */
import { enableCompileCache } from 'node:module';

// Types are stripped and modules compiled once per version, not at every start.
enableCompileCache();
const { runCommandLine } = await import('./commands/command-line.ts');
process.exitCode = await runCommandLine(process.argv.slice(2));
