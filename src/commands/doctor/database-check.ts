/** Does the database answer, is it whole, and what waits in it? */
import type { Config } from '../../config.ts';
import type { ChannelName } from '../../model/channel-name.ts';
import { ACCOUNT_LEASE } from '../../runtime/channel-keeper.ts';
import { dueSlots } from '../../runtime/schedule-rules.ts';
import { isFresh, lookBeside } from '../../store/beside.ts';
import { countUndelivered, type DatabaseFindings, examineDatabase, newestRecordAt } from '../../store/examine.ts';
import { isLeaseHeld } from '../../store/lease-table.ts';
import { countScheduledNotices } from '../../store/notice-table.ts';
import { countWaiting } from '../../store/outbox-table.ts';
import { listEnabledSchedules } from '../../store/schedule-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { Vault } from '../../store/vault.ts';
import type { Speak } from '../command.ts';
import { say } from '../command-texts.ts';
import { faultLine } from '../fault-lines.ts';
import { type Finding, finding } from './finding.ts';

export interface DatabaseCheck {
  readonly findings: readonly Finding[];
  /** `null` where nothing was ever written. */
  readonly keyMark: string | null;
  readonly isReadable: boolean;
}

export async function checkDatabase({ databaseUrl }: Config, speak: Speak): Promise<DatabaseCheck> {
  if (isFresh(databaseUrl)) {
    return { findings: [finding('database', 'good', say('doctor.database-new'))], keyMark: null, isReadable: false };
  }
  try {
    const found = await examineDatabase(databaseUrl);
    const isReadable = found.damage === null && found.keyMark !== null && found.pending.length === 0;
    return { findings: [judged(found)], keyMark: found.keyMark, isReadable };
  } catch (error) {
    const reason = faultLine(error, speak);
    return {
      findings: [finding('database', 'bad', say('doctor.fault', { reason }))],
      keyMark: null,
      isReadable: false,
    };
  }
}

function judged({ dialect, version, pending, damage, keyMark }: DatabaseFindings): Finding {
  const name = dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  if (damage !== null) return finding('database', 'bad', say('doctor.database-damaged', { damage }));
  if (keyMark === null) return finding('database', 'good', say('doctor.database-new'));
  if (pending.length > 0)
    return finding('database', 'warning', say('doctor.database-older', { steps: pending.length }));
  return finding('database', 'good', say('doctor.database-good', { name, version }));
}

export interface RecordFindings {
  readonly findings: readonly Finding[];
  readonly newest: Date | null;
}

const DAY_MS = 86_400_000;
// The newest week: older ones have been seen in the worker's inbox.
const LOOK_BACK_MS = 7 * DAY_MS;
// Longer than a platform's slowest pace; then somebody is waiting in vain.
const STUCK_MINUTES = 10;
// The bot looks every 20 s.
const LATE_MS = 3 * 60_000;

/** Whether a running bot has an account connected. Nothing was ever written: nobody has. */
export function accountHolder({ url, vault, now }: { url: string; vault: Vault | null; now: Date }) {
  return async (name: ChannelName, account: string): Promise<boolean | 'unsure'> => {
    if (isFresh(url)) return false;
    if (vault === null) return 'unsure';
    const lease = `${ACCOUNT_LEASE}${name}:${account}`;
    return lookBeside(url, { vault, newId }, (tx) => isLeaseHeld(tx, lease, now)).catch(() => 'unsure' as const);
  };
}

function newId(): never {
  throw new Error('a check-up writes nothing');
}

export function checkRecords(databaseUrl: string, vault: Vault, now: Date): Promise<RecordFindings> {
  return lookBeside(databaseUrl, { vault, newId }, async (tx) => ({
    findings: [...(await checkOutbox(tx, now)), await checkSchedules(tx, now), await checkNotices(tx)],
    newest: await newestRecordAt(tx),
  }));
}

async function checkOutbox(tx: Transaction, now: Date): Promise<Finding[]> {
  const { waiting, oldest } = await countWaiting(tx);
  const minutes = oldest === null ? 0 : Math.max(0, Math.round((now.getTime() - oldest.getTime()) / 60_000));
  const isStuck = minutes >= STUCK_MINUTES;
  const { refused, unknown } = await countUndelivered(tx, new Date(now.getTime() - LOOK_BACK_MS));
  return [
    isStuck
      ? finding('outbox', 'warning', say('doctor.outbox-stuck', { waiting, minutes }))
      : finding('outbox', 'good', say('doctor.outbox-good', { waiting })),
    refused + unknown > 0
      ? finding('undelivered', 'warning', say('doctor.undelivered', { refused, unknown }))
      : finding('undelivered', 'good', say('doctor.all-delivered')),
  ];
}

async function checkSchedules(tx: Transaction, now: Date): Promise<Finding> {
  const schedules = await listEnabledSchedules(tx);
  const late = schedules.filter((schedule) =>
    dueSlots(schedule, now)?.run.some((slot) => now.getTime() - slot.getTime() > LATE_MS),
  );
  if (late.length > 0) return finding('schedules', 'warning', say('doctor.schedules-late', { late: late.length }));
  return finding('schedules', 'good', say('doctor.schedules-good', { count: schedules.length }));
}

async function checkNotices(tx: Transaction): Promise<Finding> {
  return finding('notices', 'good', say('doctor.notices-scheduled', { count: await countScheduledNotices(tx) }));
}
