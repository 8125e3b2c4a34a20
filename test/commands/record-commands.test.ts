/** Check-up, backup, restore and forgotten passwords, each as a process on real records. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyToBase64, newKey } from '../../src/lib/encryption.ts';
import { createPasswords } from '../../src/lib/password.ts';
import { listAudit } from '../../src/store/audit-table.ts';
import { insertPerson } from '../../src/store/chat-table.ts';
import { listCommunities } from '../../src/store/community-table.ts';
import { readPersonalData, savePersonName } from '../../src/store/person-table.ts';
import { findLogin } from '../../src/store/staff-table.ts';
import { runLvlin } from './run-lvlin.ts';
import { SOME_COMMUNITY, type SomeRecords, someRecords } from './some-records.ts';

let records: SomeRecords;
beforeEach(async () => {
  records = await someRecords();
});
afterEach(() => records.remove());

const run = (...args: string[]) => runLvlin(args, { LVLIN_HOME: records.home, PORT: '18791' });

describe('the check-up', () => {
  it('finds nothing wrong where nothing is wrong, and changes nothing', async () => {
    const before = readFileSync(join(records.home, 'lvlin.sqlite'));
    const ran = await run('doctor');
    expect(ran.out.split('\n').filter((line) => line.startsWith('✗') || line.startsWith('!'))).toEqual([]);
    expect(ran.code).toBe(0);
    expect(readFileSync(join(records.home, 'lvlin.sqlite')).equals(before)).toBe(true);
  });

  it('can be had by programs', async () => {
    const ran = await run('doctor', '--json');
    const findings: { check: string; state: string }[] = JSON.parse(ran.out);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['home', 'disk', 'clock', 'content', 'key', 'database', 'outbox', 'schedules', 'port']),
    );
  });

  it('names a key that others can read, and the way to mend it', async () => {
    chmodSync(join(records.home, 'secret.key'), 0o644);
    expect((await run('doctor')).out).toContain(`chmod 600 ${records.home}/secret.key`);
  });

  it('names a key that is not the one of the records, and never shows it', async () => {
    const key = keyToBase64(newKey());
    const ran = await runLvlin(['doctor'], { LVLIN_HOME: records.home, LVLIN_SECRET_KEY: key });
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/✗ 密钥/);
    expect(ran.out + ran.err).not.toContain(key);
  });

  it('names a damaged database', async () => {
    const file = join(records.home, 'lvlin.sqlite');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0x5a, 4_096 * 3, 4_096 * 12));
    const ran = await run('doctor');
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/✗ 数据库/);
  });

  it('says before the first start what will be made', async () => {
    rmSync(records.home, { recursive: true });
    const ran = await run('doctor');
    expect(ran.code).toBe(0);
    expect(existsSync(records.home)).toBe(false);
  });
});

describe('a backup', () => {
  it('is restored on another machine that has the key', async () => {
    const file = join(records.home, 'all.lvlin-backup');
    expect((await run('backup', file)).code).toBe(0);
    expect(statSync(file).mode & 0o077).toBe(0);
    const other = join(records.home, 'other');
    const settings = {
      LVLIN_HOME: other,
      LVLIN_SECRET_KEY: readFileSync(join(records.home, 'secret.key'), 'utf8').trim(),
    };
    mkdirSync(other);
    const ran = await runLvlin(['restore', file], settings);
    expect(ran.code).toBe(0);
    expect((await runLvlin(['doctor'], { ...settings, PORT: '18792' })).out).toMatch(/✓ 数据库完好/);
  });

  it('gets a name of its own when none is given', async () => {
    await run('backup');
    expect(readdirSync(join(records.home, 'backups'))).toEqual([
      expect.stringMatching(/^lvlin-\d{8}-\d{6}\.lvlin-backup$/),
    ]);
  });

  it('never takes the place of another file', async () => {
    const file = join(records.home, 'kept.txt');
    writeFileSync(file, 'kept');
    expect((await run('backup', file)).code).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  it('takes the place of records only when told to, and keeps them first', async () => {
    const file = join(records.home, 'all.lvlin-backup');
    await run('backup', file);
    const refused = await run('restore', file);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('--replace');
    expect((await run('restore', file, '--replace')).code).toBe(0);
    expect(readdirSync(join(records.home, 'backups'))).toEqual([expect.stringMatching(/^before-restore-/)]);
    expect(await records.write((tx) => listCommunities(tx))).toHaveLength(1);
  });

  it('that is cut short is refused, and what is there stays', async () => {
    const file = join(records.home, 'all.lvlin-backup');
    await run('backup', file);
    writeFileSync(file, readFileSync(file).subarray(0, -40));
    const ran = await run('restore', file, '--replace');
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(file);
    expect(await records.write((tx) => listCommunities(tx))).toHaveLength(1);
  });

  it('is not what somebody else wrote: that is said, and the file is left alone', async () => {
    const ran = await run('restore', resolve('package.json'));
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('不是绿邻的备份');
    expect(ran.err).not.toContain('改个名');
  });

  it('is not restored without the key it needs', async () => {
    const file = join(records.home, 'all.lvlin-backup');
    await run('backup', file);
    const other = join(records.home, 'other');
    const ran = await runLvlin(['restore', file], { LVLIN_HOME: other });
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('secret.key');
    expect(existsSync(other)).toBe(false);
  });
});

describe('a forgotten password', () => {
  it('is replaced by one that is used once, and that is written down', async () => {
    const ran = await run('reset-password', ' WANG ');
    expect(ran.code).toBe(0);
    const password = /([0-9a-z]{4}-){3}[0-9a-z]{4}/.exec(ran.out)?.[0] ?? '';
    const found = await records.write((tx) => findLogin(tx, 'wang'));
    expect(found?.staff.passwordIsInitial).toBe(true);
    expect(await createPasswords().verify(password, found?.passwordHash)).toBe(true);
    const [entry] = await records.write((tx) => listAudit(tx, SOME_COMMUNITY, { limit: 1 }));
    expect(entry).toMatchObject({ action: 'staff.reset-password', staffId: null, subjectId: found?.staff.id });
  });

  it('can be replaced while the bot is running and writing', async () => {
    const store = await records.open();
    let isOver = false;
    const replacing = run('reset-password', 'wang').finally(() => {
      isOver = true;
    });
    let written = 0;
    while (!isOver) {
      written += 1;
      await store.write((tx) =>
        tx.db
          .insertInto('attempt')
          .values({ key: `try ${written}`, at: written })
          .execute(),
      );
    }
    expect((await replacing).code).toBe(0);
    expect((await store.read((tx) => findLogin(tx, 'wang')))?.staff.passwordIsInitial).toBe(true);
    const kept = await store.read((tx) => tx.db.selectFrom('attempt').select('key').execute());
    expect(kept).toHaveLength(written);
    await store.close();
  });

  it('of nobody is not', async () => {
    const ran = await run('reset-password', 'wnag');
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toContain('wnag');
  });
});

describe('people who were erased', () => {
  it('do not come back with an older backup', async () => {
    const person = await records.write(async (tx) => {
      const from = { channel: 'web', account: SOME_COMMUNITY, address: 'lin' } as const;
      const made = await insertPerson(tx, { communityId: SOME_COMMUNITY, from, now: new Date() });
      await savePersonName(tx, made, '王秀英');
      return made;
    });
    const file = join(records.home, 'old.lvlin-backup');
    expect((await run('backup', file)).code).toBe(0);
    const line = JSON.stringify({ person: person.id, at: new Date(Date.now() + 1000).toISOString() });
    writeFileSync(join(records.home, 'erased.ndjson'), `${line}\n`);
    expect((await run('restore', file, '--replace')).code).toBe(0);
    expect(await records.write((tx) => readPersonalData(tx, person))).toMatchObject({ name: null, phone: null });
    const [proof] = await records.write((tx) => listAudit(tx, SOME_COMMUNITY, { limit: 1 }));
    expect(proof).toMatchObject({ action: 'person.erase', subjectId: person.id });
  });
});
