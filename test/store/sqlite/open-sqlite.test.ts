/** What a SQLite database does to those who come with the wrong key, the wrong program, the wrong place or twice. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keyFromBase64, newKey } from '../../../src/lib/encryption.ts';
import { type ErrorCode, LvlinError } from '../../../src/model/errors.ts';
import { findCommunity } from '../../../src/store/community-table.ts';
import { MIGRATIONS } from '../../../src/store/migrate.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { refuseNetworkDrive } from '../../../src/store/sqlite/local-disk.ts';
import { prepareSqlite } from '../../../src/store/sqlite/prepare-sqlite.ts';
import type { Store } from '../../../src/store/store.ts';
import { Vault } from '../../../src/store/vault.ts';
import { TEST_KEY } from '../../crash/store-village.ts';
import { foundCommunity, foundPerson } from '../../support/records.ts';

const writerScript = join(import.meta.dirname, '../../crash/store-writer.ts');

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lvlin-open-'));
  file = join(folder, 'lvlin.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const vault = new Vault(keyFromBase64(TEST_KEY));
let id = 0;
const newId = () => {
  id += 1;
  return `id-${id}`;
};
const open = (url = `sqlite:${file}`, key = vault): Promise<Store> => openStore(url, { vault: key, newId });

async function faultOf(opening: Promise<unknown>): Promise<LvlinError> {
  const fault = await opening.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (fault instanceof LvlinError) return fault;
  throw new Error('it was not refused', { cause: fault });
}

async function expectFault(opening: Promise<unknown>, code: ErrorCode): Promise<void> {
  expect((await faultOf(opening)).code).toBe(code);
}

const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

async function filled(): Promise<void> {
  const store = await open();
  await store.write((tx) => foundCommunity(tx, vault));
  await store.close();
}

describe('the key', () => {
  test('a wrong one is refused and the file stays as it is, byte for byte', async () => {
    await filled();
    const before = hashOf(file);
    await expectFault(open(undefined, new Vault(newKey())), 'key-wrong');
    expect(hashOf(file)).toBe(before);
  });

  test('without it names and numbers cannot be read in any file of the folder', async () => {
    const store = await open();
    await store.write(async (tx) => {
      await foundCommunity(tx, vault);
      await foundPerson(tx, 'p', 'canary-name', '13912345678');
    });
    const look = () => readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
    const whileOpen = look();
    await store.close();
    for (const text of [...whileOpen, ...look()]) {
      expect(text).not.toContain('canary-name');
      expect(text).not.toContain('13912345678');
    }
  });
});

describe('versions', () => {
  test('a database of a later version is refused unchanged', async () => {
    await filled();
    const database = new Database(file);
    database.exec(`insert into migration (name) values ('9999-from-the-future')`);
    database.close();
    const before = hashOf(file);
    const fault = await faultOf(open());
    expect(fault).toMatchObject({ code: 'database-newer', details: { migrations: '9999-from-the-future' } });
    expect(hashOf(file)).toBe(before);
  });

  const withNext = (up: (db: Kysely<unknown>) => Promise<void>) => ({ ...MIGRATIONS, '9000-next': { up } });

  test('before an upgrade the old file is copied, and the copy opens', async () => {
    await filled();
    const steps = withNext((db) => db.schema.createTable('next').addColumn('x', 'text').execute());
    await prepareSqlite(file, { vault, steps });
    await expectFault(open(), 'database-newer');
    const store = await open(`sqlite:${file}.before-9000-next`);
    expect(await store.read((tx) => findCommunity(tx, 'c'))).not.toBeNull();
    await store.close();
  });

  test('an upgrade that fails leaves the old tables', async () => {
    await filled();
    const steps = withNext(async (db) => {
      await db.schema.dropTable('pledge').execute();
      throw new Error('the power went');
    });
    await expect(prepareSqlite(file, { vault, steps })).rejects.toThrow('the power went');
    const store = await open();
    expect(await store.read((tx) => tx.db.selectFrom('pledge').selectAll().execute())).toEqual([]);
    await store.close();
  });
});

describe('the place', () => {
  test('a folder that is missing is made, the files in it are for the owner alone', async () => {
    const deep = join(folder, 'a', 'b', 'lvlin.sqlite');
    const store = await open(`sqlite:${deep}`);
    await store.write((tx) => foundCommunity(tx, vault));
    const modes = ['', '-wal', '-shm'].map((suffix) => statSync(`${deep}${suffix}`).mode & 0o777);
    await store.close();
    expect(modes).toEqual([0o600, 0o600, 0o600]);
  });

  test('a path that cannot be a folder is named', async () => {
    writeFileSync(join(folder, 'file'), '');
    const fault = await faultOf(open(`sqlite:${join(folder, 'file', 'x', 'lvlin.sqlite')}`));
    expect(fault).toMatchObject({
      code: 'folder-not-writable',
      details: { file: join(folder, 'file', 'x', 'lvlin.sqlite') },
    });
  });

  test.runIf(process.getuid?.() !== 0)('a folder that nobody may write to is named', async () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o500 });
    await expectFault(open(`sqlite:${join(folder, 'closed', 'lvlin.sqlite')}`), 'folder-not-writable');
    chmodSync(join(folder, 'closed'), 0o700);
  });

  test('a network drive is refused', () => {
    const NFS = 0x6969;
    const CIFS_AS_SIGNED = 0xff534d42 | 0;
    const EXT4 = 0xef53;
    expect(() => refuseNetworkDrive('/mnt/nas', () => NFS)).toThrow('database-on-network');
    expect(() => refuseNetworkDrive('/mnt/nas', () => CIFS_AS_SIGNED)).toThrow('database-on-network');
    expect(() => refuseNetworkDrive('\\\\nas\\share', () => 0)).toThrow('database-on-network');
    expect(() => refuseNetworkDrive('/home', () => EXT4)).not.toThrow();
  });

  test.each(['mysql://host/x', 'sqlite:', 'postgres//x', ''])('%j is no address of a database', async (url) => {
    const fault = await faultOf(open(url));
    expect(fault).toMatchObject({ code: 'settings-invalid', details: { setting: 'DATABASE_URL' } });
  });
});

describe('a broken file', () => {
  test('something that is no database is told and left alone', async () => {
    writeFileSync(file, 'this is not a database, it is a letter to the committee'.repeat(100));
    const before = hashOf(file);
    await expectFault(open(), 'database-broken');
    expect(hashOf(file)).toBe(before);
  });

  test('a file that was cut in half is told', async () => {
    await filled();
    truncateSync(file, Math.floor(statSync(file).size / 2));
    await expectFault(open(), 'database-broken');
  });

  test('an empty file is a new database', async () => {
    writeFileSync(file, '');
    const store = await open();
    await store.write((tx) => foundCommunity(tx, vault));
    await store.close();
  });
});

describe('two at once', () => {
  test('a second one in the same process is refused, and may come when the first has gone', async () => {
    const first = await open();
    await expectFault(open(), 'already-running');
    await first.close();
    const second = await open();
    await second.close();
  });

  test('another process is named, and when it is killed the file is free at once', async () => {
    const other = spawn(process.execPath, [writerScript, '--url', `sqlite:${file}`, '--each', '1000000'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(other, 'exit');
    await once(other.stdout, 'data');
    const fault = await faultOf(open());
    expect(fault).toMatchObject({ code: 'already-running', details: { pid: other.pid } });
    other.kill('SIGKILL');
    await exited;
    const store = await open();
    await store.close();
  });

  test('a lock file left behind keeps nobody out, whatever process id stands in it', async () => {
    await filled();
    const database = new Database(`${file}.lock`);
    database.pragma(`user_version = ${process.ppid}`);
    database.close();
    const store = await open();
    await store.close();
  });
});
