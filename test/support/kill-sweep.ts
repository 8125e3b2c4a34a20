/** Runs a program many times and kills it each time somewhere else: in the middle of a chosen disk call, or after a while. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGate } from '../../src/lib/gate.ts';

/**
 * In the middle of the n-th call that changes a file in the folder, this long after the program said `ready`,
 * or when it has printed so many lines.
 */
export type KillPoint =
  | { readonly call: number }
  | { readonly afterMs: number }
  | { readonly afterLines: number; readonly thenMs: number }
  | 'never';

export interface Program {
  /** Run by this Node. */
  readonly script: string;
  readonly args?: (folder: string) => readonly string[];
  readonly env?: (folder: string) => Readonly<Record<string, string>>;
  /** The compiled `fault.c`; needed for kills in the middle of a call. */
  readonly preload?: string;
  /** Fills the folder before the program starts. */
  readonly prepare?: (folder: string) => void;
  /** Told each line when it is printed. */
  readonly onLine?: (line: string, folder: string) => void;
}

export interface FinishedRun {
  readonly point: KillPoint;
  readonly folder: string;
  /** What it had printed, line by line; a line cut short by the end is left out. */
  readonly lines: readonly string[];
  readonly errors: string;
  readonly wasKilled: boolean;
  /** Calls that changed a file in the folder; known where the program came to its end. */
  readonly calls: number | undefined;
}

const COMPILED = join(tmpdir(), 'lvlin-compiled');

/** Runs the program once for each point, several at a time, and hands each to `check` before its folder goes away. */
export async function sweep(
  program: Program,
  points: readonly KillPoint[],
  check: (run: FinishedRun) => void | Promise<void>,
  atOnce = availableParallelism(),
): Promise<void> {
  const gate = createGate(atOnce);
  await Promise.all(points.map((point) => gate.run(() => runOnce(program, point, check))));
}

/** `count` calls evenly spread over all. */
export function spread(count: number, calls: number): KillPoint[] {
  const step = Math.max(1, calls / count);
  return Array.from({ length: Math.min(count, calls) }, (_, index) => ({ call: Math.floor(index * step) + 1 }));
}

async function runOnce(
  program: Program,
  point: KillPoint,
  check: (run: FinishedRun) => void | Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lvlin-kill-'));
  try {
    program.prepare?.(folder);
    const run = await finished(program, point, folder);
    await check(run);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function finished(program: Program, point: KillPoint, folder: string): Promise<FinishedRun> {
  const counted = join(folder, '.calls');
  const child = spawn(process.execPath, [program.script, ...(program.args?.(folder) ?? [])], {
    // What Node has once read and stripped of its types it keeps there: hundreds of starts take half the time.
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: COMPILED,
      ...program.env?.(folder),
      ...faultEnvironment(program, point, folder, counted),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  let timer: NodeJS.Timeout | undefined;
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  child.stdout.on('data', (chunk) => {
    output += chunk;
    for (const line of String(chunk).split('\n').slice(0, -1)) program.onLine?.(line, folder);
    const wait = timer === undefined ? killIn(point, output) : null;
    if (wait !== null) timer = setTimeout(() => child.kill('SIGKILL'), wait);
  });
  const [, signal] = await once(child, 'close');
  clearTimeout(timer);
  const calls = existsSync(counted) ? Number(readFileSync(counted, 'utf8')) : undefined;
  return { point, folder, lines: output.split('\n').slice(0, -1), errors, wasKilled: signal === 'SIGKILL', calls };
}

/** Milliseconds until the end, `null` while its moment has not come. */
function killIn(point: KillPoint, output: string): number | null {
  if (point === 'never') return null;
  if ('afterMs' in point) return output.includes('ready\n') ? point.afterMs : null;
  return 'afterLines' in point && output.split('\n').length > point.afterLines ? point.thenMs : null;
}

function faultEnvironment(
  { preload }: Program,
  point: KillPoint,
  folder: string,
  counted: string,
): Record<string, string> {
  if (preload === undefined) return {};
  const base = { LD_PRELOAD: preload, LVLIN_FAULT_FOLDER: folder, LVLIN_FAULT_COUNT: counted };
  return typeof point === 'object' && 'call' in point ? { ...base, LVLIN_FAULT_AT: String(point.call) } : base;
}
