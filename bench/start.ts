/** From the start of the program to its first answer on the residents' page. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { atMost, type Finding } from './figure.ts';
import { fill } from './load.ts';
import { scratchFolder } from './scratch.ts';
import { median } from './statistics.ts';
import { BENCH_KEY, openStreet, readContent } from './street.ts';

const ROUNDS = 5;
const RECORDS = 1_000_000;
const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));

export async function measure(): Promise<Finding> {
  const full = scratchFolder();
  const street = await openStreet(join(full, 'lvlin.sqlite'), await readContent());
  await fill(street, RECORDS);
  await street.stop();
  const times = { empty: [] as number[], full: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const empty = await startToReply(scratchFolder());
    const atFull = await startToReply(full);
    // The first round brings the files into memory.
    if (round === 0) continue;
    times.empty.push(empty);
    times.full.push(atFull);
  }
  return {
    figures: [
      atMost('start to first reply, empty store', median(times.empty), 's', 1),
      atMost(`start to first reply, ${RECORDS} records`, median(times.full), 's', 2),
    ],
    notes: [`from the spawn of the program to a reply on the residents' page; ${ROUNDS} rounds, in turn; medians`],
  };
}

async function startToReply(home: string): Promise<number> {
  const port = await freePort();
  const env = { ...process.env, LVLIN_HOME: home, LVLIN_SECRET_KEY: BENCH_KEY, PORT: String(port) };
  const from = performance.now();
  const program = spawn(process.execPath, [...process.execArgv, MAIN, 'start'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const page = await pageOf(program);
  await askAndHear(page);
  const seconds = (performance.now() - from) / 1_000;
  program.kill('SIGTERM');
  await once(program, 'exit');
  return seconds;
}

/** The program prints where the residents' page is. */
async function pageOf(program: ChildProcess): Promise<string> {
  if (program.stdout === null) throw new Error('the program has no output');
  for await (const line of createInterface({ input: program.stdout })) {
    const [address] = /http:\S+\/c\/[\w-]+/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error('the program ended without saying where its page is');
}

async function askAndHear(page: string): Promise<void> {
  const first = await fetch(page);
  await first.text();
  const [cookie = ''] = (first.headers.get('set-cookie') ?? '').split(';');
  const body = new URLSearchParams({ text: '大骨头扔哪' });
  const headers = { cookie, origin: new URL(page).origin, accept: 'application/json' };
  const said = await fetch(`${page}/say`, { method: 'POST', headers, body });
  if (!said.ok) throw new Error(`the page answered ${said.status}: ${await said.text()}`);
  await hearTwo(await fetch(`${page}/events`, { headers }));
}

/** The words of the resident and the reply. */
async function hearTwo(events: Response): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of events.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.split('event: said').length > 2) return;
  }
  throw new Error('no reply came');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
