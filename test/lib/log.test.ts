import { describe, expect, it } from 'vitest';
import { createLog, type LogLevel } from '../../src/lib/log.ts';
import { LvlinError } from '../../src/model/errors.ts';

const CANARY = 'canary-7f3a';

function recordingLog(level: LogLevel = 'info') {
  const lines: string[] = [];
  return { lines, log: createLog(level, { write: (line) => void lines.push(line) }) };
}

describe('the log', () => {
  it('writes one JSON line with level, time and fields', () => {
    const { lines, log } = recordingLog();
    log.info({ channel: 'web', retryInMs: 30_000 }, 'delivery put off');
    const line = JSON.parse(lines[0] ?? '');
    expect(line).toMatchObject({
      level: 'info',
      channel: 'web',
      retryInMs: 30_000,
      msg: 'delivery put off',
      pid: process.pid,
    });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('is silent below its level', () => {
    const { lines, log } = recordingLog('warn');
    log.info({}, 'started');
    expect(lines).toEqual([]);
  });

  it.each([
    ...['name', 'displayName', 'phone', 'room', 'text', 'body', 'token', 'secret', 'password', 'cookie', 'set-cookie'],
    ...['authorization', 'Authorization', 'key', 'api_key', 'botSecret', 'idNumber', 'answers', 'setupCode', 'headers'],
  ])('never writes the value of %s, at any depth', (field) => {
    const { lines, log } = recordingLog();
    log.info({ [field]: CANARY }, 'a');
    log.info({ person: { [field]: CANARY } }, 'b');
    log.info({ list: [{ deep: { deeper: { [field]: { inside: CANARY } } } }] }, 'c');
    log.child({ [field]: CANARY }).info({ x: 1 }, 'd');
    log.error({ err: new LvlinError('channel-failed', { [field]: CANARY }) }, 'e');
    expect(lines).toHaveLength(5);
    expect(lines.join('')).not.toContain(CANARY);
  });

  it('masks phone numbers wherever they slip in', () => {
    const { lines, log } = recordingLog();
    log.info({ note: 'called 138 1234 5678' }, 'said 13812345678');
    log.child({ note: '13812345678' }).warn({}, 'odd');
    log.error({ err: new Error('no such row: 13812345678') }, 'failed');
    log.error({ err: new Error('outer', { cause: new Error('inner 13812345678') }) }, 'failed');
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toMatch(/1234\s?5678/);
    expect(lines.join('')).toContain('138****5678');
  });

  it('tells of an error its type, code, details, stack and cause, and nothing else', () => {
    const { lines, log } = recordingLog();
    const cause = Object.assign(new Error('constraint failed'), { code: 'SQLITE_CONSTRAINT', row: CANARY });
    log.error({ err: new LvlinError('database-broken', { file: 'lvlin.db' }, { cause }) }, 'could not start');
    const { err } = JSON.parse(lines[0] ?? '');
    expect(err).toMatchObject({
      type: 'LvlinError',
      code: 'database-broken',
      details: { file: 'lvlin.db' },
      cause: { message: 'constraint failed', code: 'SQLITE_CONSTRAINT' },
    });
    expect(err.stack).toContain('log.test.ts');
    expect(lines[0]).not.toContain(CANARY);
  });

  it('survives a structure that contains itself', () => {
    const { lines, log } = recordingLog();
    const circle: Record<string, unknown> = { size: 1n };
    circle.self = circle;
    log.info({ circle }, 'odd');
    expect(JSON.parse(lines[0] ?? '').circle.size).toBe('1');
  });
});
