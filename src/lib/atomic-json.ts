/** A JSON file that a person may open: written whole, with the last good one beside it. Made for lowdb. */
import { readFile, rename } from 'node:fs/promises';
import type { z } from 'zod';
import { LvlinError } from '../model/errors.ts';
import { writeFileWhole } from './atomic-file.ts';

/** The shape of lowdb's asynchronous `Adapter<T>`. */
export interface JsonFileAdapter<T> {
  read(): Promise<T | null>;
  write(data: T): Promise<void>;
}

export interface AtomicJsonOptions<T> {
  schema: z.ZodType<T>;
  now: () => Date;
  /** Told when the file was unreadable and the one before it was put back; `kept` is where the unreadable one lies. */
  onRestored?: (details: { file: string; kept: string }) => void;
}

const BYTE_ORDER_MARK = /^\ufeff/;

/**
 * `read` gives null where there is no file. A file that is not JSON (half-written, or a comma too many) is set aside
 * as `<file>.broken-<time>` and `<file>.bak` takes its place; without one it throws `file-broken`.
 * JSON that breaks the schema was written by a person: it stays, and `settings-invalid` says where.
 */
export function atomicJsonAdapter<T>(file: string, options: AtomicJsonOptions<T>): JsonFileAdapter<T> {
  let last: Promise<unknown> = Promise.resolve();

  // One after another: two writes at once could leave a .bak that was never the file.
  function inTurn<R>(task: () => Promise<R>): Promise<R> {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  }

  return {
    read: () => inTurn(() => readOrRestore(file, options)),
    write: (data) => inTurn(() => writeKeepingLast(file, data, options.schema)),
  };
}

async function readOrRestore<T>(file: string, { schema, now, onRestored }: AtomicJsonOptions<T>): Promise<T | null> {
  const text = await textOf(file);
  if (text === undefined) return null;
  const json = jsonOf(text);
  if (json.ok) return parsed(file, json.value, schema);

  const kept = `${file}.broken-${now().toISOString().replace(/[:.]/g, '-')}`;
  const before = await textOf(backupOf(file));
  const beforeJson = before === undefined ? undefined : jsonOf(before);
  if (before === undefined || !beforeJson?.ok) throw new LvlinError('file-broken', { file });
  const value = parsed(file, beforeJson.value, schema);
  await rename(file, kept);
  await writeFileWhole(file, before);
  onRestored?.({ file, kept });
  return value;
}

async function writeKeepingLast(file: string, data: unknown, schema: z.ZodType): Promise<void> {
  const text = await textOf(file);
  const json = text === undefined ? undefined : jsonOf(text);
  if (text !== undefined && json?.ok && schema.safeParse(json.value).success)
    await writeFileWhole(backupOf(file), text);
  await writeFileWhole(file, `${JSON.stringify(data, null, 2)}\n`);
}

function parsed<T>(file: string, value: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const at = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new LvlinError('settings-invalid', { file, at }, { cause: result.error });
}

function jsonOf(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text.replace(BYTE_ORDER_MARK, '')) };
  } catch {
    return { ok: false };
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function backupOf(file: string): string {
  return `${file}.bak`;
}
