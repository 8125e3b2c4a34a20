/** Runs a program many times and kills it each time somewhere else: in the middle of a chosen disk call, or after a while. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGate } from '../../src/lib/gate.ts';
import { lastingFolder } from './lasting-folder.ts';

/**
 * In the middle of the n-th call that changes a file in the folder, or this long after the program said `ready`.
 * When it has printed so many lines it kills itself (`CRASH_AFTER_LINES`, `CRASH_THEN_MS`): on a busy machine nobody
 * else would see them in time.
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
  readonly prepare?: (folder: string) => void | Promise<void>;
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

/** Hundreds of processes take minutes on a slow machine that does other things besides. */
export const SWEEP_MAY_TAKE_MS = 900_000;

const COMPILED = join(lastingFolder(), 'lvlin-compiled');

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

/**
 * As `sweep`, but each point ends in a kill that struck where `isAmid` says: how far a program gets until its moment
 * comes depends on the machine, so one that got too far is looked at as well, and run again with an earlier moment.
 */
export async function killEach(
  program: Program,
  points: readonly KillPoint[],
  check: (run: FinishedRun) => void | Promise<void>,
  isAmid: (run: FinishedRun) => boolean = () => true,
): Promise<void> {
  const gate = createGate(availableParallelism());
  const kill = async (first: KillPoint) => {
    let point = first;
    for (let struck = false; !struck; ) {
      await runOnce(program, point, async (run) => {
        struck = run.wasKilled && isAmid(run);
        point = earlierThan(point, run);
        await check(run);
      });
    }
  };
  await Promise.all(points.map((point) => gate.run(() => kill(point))));
}

/** One call out of each of `count` equal parts of all, another one each time it is asked: every run strikes elsewhere. */
export function spread(count: number, calls: number): KillPoint[] {
  const step = Math.max(1, calls / count);
  return Array.from({ length: Math.min(count, calls) }, (_, index) => ({
    call: Math.floor((index + Math.random()) * step) + 1,
  }));
}

function earlierThan(point: KillPoint, { calls }: FinishedRun): KillPoint {
  if (point === 'never') throw new Error('what is never killed has no earlier moment');
  const chance = Math.random();
  if ('call' in point) return { call: 1 + Math.floor(chance * Math.min(calls ?? point.call, point.call)) };
  if ('afterMs' in point) return { afterMs: chance * point.afterMs };
  return { afterLines: 1 + Math.floor(chance * point.afterLines), thenMs: chance * point.thenMs };
}

async function runOnce(
  program: Program,
  point: KillPoint,
  check: (run: FinishedRun) => void | Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lvlin-kill-'));
  try {
    await program.prepare?.(folder);
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
    const isDue = typeof point === 'object' && 'afterMs' in point && output.includes('ready\n');
    if (isDue) timer ??= setTimeout(() => child.kill('SIGKILL'), point.afterMs);
  });
  const [, signal] = await once(child, 'close');
  clearTimeout(timer);
  const calls = existsSync(counted) ? Number(readFileSync(counted, 'utf8')) : undefined;
  return { point, folder, lines: output.split('\n').slice(0, -1), errors, wasKilled: signal === 'SIGKILL', calls };
}

function faultEnvironment(
  { preload }: Program,
  point: KillPoint,
  folder: string,
  counted: string,
): Record<string, string> {
  if (typeof point === 'object' && 'afterLines' in point) {
    return { CRASH_AFTER_LINES: String(point.afterLines), CRASH_THEN_MS: String(point.thenMs) };
  }
  if (preload === undefined) return {};
  const base = { LD_PRELOAD: preload, LVLIN_FAULT_FOLDER: folder, LVLIN_FAULT_COUNT: counted };
  return typeof point === 'object' && 'call' in point ? { ...base, LVLIN_FAULT_AT: String(point.call) } : base;
}
