/**
 * The file of a backup: gzipped lines of JSON. First what it holds, then for each table a line with its columns
 * and a line for each row, last the SHA-256 of all lines before it. It is the same for every database.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { type ErrorCode, LvlinError } from '../../model/errors.ts';
import type { Progress } from './progress.ts';
import type { Snapshot, WithSnapshot } from './snapshot.ts';
import { type TableShape, tablesAfter } from './table-shape.ts';

const Header = z.object({
  format: z.literal('lvlin-backup-1'),
  createdAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  keyMark: z.string(),
  counts: z.record(z.string(), z.number()),
});
export type BackupHeader = z.infer<typeof Header>;

const TableLine = z.object({ table: z.string(), columns: z.array(z.string()) });
const RowLine = z.array(z.union([z.string(), z.number(), z.null()]));
const Trailer = z.object({ sha256: z.string() });
export type BackupLine = z.infer<typeof TableLine> | z.infer<typeof RowLine>;

const OWNER_ONLY = 0o600;

/** The file appears under its name when it is whole and on the disk. Throws `disk-full`, `folder-not-writable` … */
export async function writeBackup(
  file: string,
  withSnapshot: WithSnapshot,
  now: Date,
  onProgress?: Progress,
): Promise<BackupHeader> {
  const half = `${file}.half`;
  try {
    const header = await withSnapshot(async (snapshot) => {
      const tables = await tablesAfter(snapshot.migrations);
      const first = await headerOf(snapshot, tables, now);
      await pipeline(
        Readable.from(linesOf(snapshot, tables, first, onProgress)),
        // The sealed columns hardly shrink; more effort would only take longer.
        createGzip({ level: constants.Z_BEST_SPEED }),
        createWriteStream(half, { mode: OWNER_ONLY, flush: true }),
      );
      return first;
    });
    await rename(half, file);
    return header;
  } catch (cause) {
    await rm(half, { force: true });
    throw faultOf(file, cause, 'backup-failed');
  }
}

async function headerOf(snapshot: Snapshot, tables: readonly TableShape[], now: Date): Promise<BackupHeader> {
  const counts: Record<string, number> = {};
  for (const table of tables) counts[table.name] = await snapshot.count(table);
  const { migrations, keyMark } = snapshot;
  return { format: 'lvlin-backup-1', createdAt: now.toISOString(), migrations: [...migrations], keyMark, counts };
}

async function* linesOf(
  snapshot: Snapshot,
  tables: readonly TableShape[],
  header: BackupHeader,
  onProgress: Progress | undefined,
): AsyncIterable<string> {
  const hash = createHash('sha256');
  const total = totalOf(header);
  let done = 0;
  const hashed = (text: string) => {
    hash.update(text);
    return text;
  };
  yield hashed(lineOf(header));
  for (const table of tables) {
    yield hashed(lineOf({ table: table.name, columns: table.columns }));
    for await (const rows of snapshot.pages(table)) {
      if (rows.length === 0) continue;
      yield hashed(rows.map(lineOf).join(''));
      done += rows.length;
      onProgress?.({ task: 'backup', done, total });
    }
  }
  yield lineOf({ sha256: hash.digest('hex') });
}

export function totalOf({ counts }: BackupHeader): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Reads the file to its end. Throws `file-broken` unless it is a backup and every byte of it is as it was written. */
export async function verifyBackup(file: string): Promise<BackupHeader> {
  const hash = createHash('sha256');
  let header: BackupHeader | undefined;
  let last = '';
  let rows = 0;
  await reading(file, async (line) => {
    if (header === undefined) header = Header.parse(JSON.parse(line));
    else hash.update(`${last}\n`);
    if (line.startsWith('[')) rows += 1;
    last = line;
  });
  const trailer = Trailer.safeParse(parsed(last));
  const isWhole = header !== undefined && trailer.success && trailer.data.sha256 === hash.digest('hex');
  if (header === undefined || !isWhole || rows !== totalOf(header)) throw new LvlinError('file-broken', { file });
  return header;
}

/** Hands out every table line and row line of a file that `verifyBackup` has found whole. */
export function readBackup(file: string, onLine: (line: BackupLine) => Promise<void>): Promise<void> {
  return reading(file, async (line) => {
    const value: unknown = JSON.parse(line);
    if (Array.isArray(value)) await onLine(RowLine.parse(value));
    else if (TableLine.safeParse(value).success) await onLine(TableLine.parse(value));
  });
}

/** Lines end at \n and nowhere else: names may hold U+2028, which `node:readline` takes for an end as well. */
async function reading(file: string, onLine: (line: string) => Promise<void>): Promise<void> {
  let rest = '';
  try {
    await pipeline(createReadStream(file), createGunzip(), async (chunks) => {
      const decoder = new TextDecoder('utf-8', { fatal: true });
      for await (const chunk of chunks) {
        const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) await onLine(line);
      }
    });
  } catch (cause) {
    throw faultOf(file, cause, 'file-broken');
  }
  if (rest !== '') throw new LvlinError('file-broken', { file });
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const SYSTEM_CODES: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'folder-not-writable',
  EPERM: 'folder-not-writable',
  EROFS: 'folder-not-writable',
};

function faultOf(file: string, cause: unknown, otherwise: ErrorCode): LvlinError {
  if (cause instanceof LvlinError) return cause;
  const reported = cause instanceof Error && 'code' in cause ? SYSTEM_CODES[String(cause.code)] : undefined;
  return new LvlinError(reported ?? otherwise, { file }, { cause });
}
