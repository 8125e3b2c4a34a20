/** `npm run bench`: runs the benchmarks and prints what they found as a table. `-- --json FILE` writes it down too, `-- NAME …` runs those alone. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { SPARING_ALLOCATOR } from '../src/sparing-start.ts';
import { BENCHMARK_NAMES } from './benchmark-list.ts';
import { Finding, holds } from './figure.ts';
import { barText, tableOf } from './table.ts';

const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
const unknown = positionals.filter((name) => !BENCHMARK_NAMES.includes(name));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}; there are ${BENCHMARK_NAMES.join(', ')}`);
  process.exit(1);
}

await once(startAsProgram('first-start.js', []), 'exit');
const found: Finding[] = [];
for (const name of positionals.length > 0 ? positionals : BENCHMARK_NAMES) {
  const load = loadavg()[0] ?? 0;
  console.log(`\n${name} (load before: ${load.toFixed(1)} on ${availableParallelism()} cores)`);
  const finding = await run(name);
  for (const note of finding.notes) console.log(`  ${note}`);
  console.log(tableOf(finding.figures));
  found.push(finding);
}
if (values.json !== undefined) {
  const figures = found.flatMap(({ figures }) => figures);
  const rows = figures.map((figure) => ({
    name: figure.name,
    value: figure.value,
    unit: figure.unit,
    bar: barText(figure),
    holds: holds(figure),
  }));
  writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
}

/** What Node is told by `npm start` holds for what is measured, too. */
function startFlags(): string[] {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { scripts } = z.object({ scripts: z.object({ start: z.string() }) }).parse(JSON.parse(text));
  const [beforeProgram = ''] = scripts.start.split('src/main.js');
  return beforeProgram.split(' ').filter((word) => word.startsWith('--'));
}

/** A fresh process for each: what one leaves in memory or in the compiler is not the next one's. */
function run(name: string): Promise<Finding> {
  return new Promise((resolve, reject) => {
    const child = startAsProgram('child.js', [name]);
    let finding: Finding | undefined;
    child.on('message', (message) => {
      finding = Finding.parse(message);
    });
    child.on('exit', (code) => {
      if (finding !== undefined && code === 0) resolve(finding);
      else reject(new Error(`the benchmark ${name} ended with ${code}`));
    });
  });
}

/** With the flags and the environment that src/main.js and `npm start` give to the program and its threads. */
function startAsProgram(file: string, args: readonly string[]): ChildProcess {
  const env = { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'), ...SPARING_ALLOCATOR, ...process.env };
  return fork(join(import.meta.dirname, file), args, { execArgv: startFlags(), env });
}
