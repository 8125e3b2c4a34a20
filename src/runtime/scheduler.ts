/** Runs what is due: node-cron only ticks, the rows decide. */
import { type ScheduledTask, schedule as tickEvery } from 'node-cron';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { Schedule } from '../model/schedule.ts';
import { findCommunity } from '../store/community-table.ts';
import { advanceSchedule, claimSlot } from '../store/schedule-slot-table.ts';
import { listEnabledSchedules } from '../store/schedule-table.ts';
import type { Store } from '../store/store.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Feature } from './feature.ts';
import { type WriterParts, writeEffects } from './outgoing-writer.ts';
import { dueSlots } from './schedule-rules.ts';

export interface SchedulerParts extends WriterParts {
  readonly store: Store;
  readonly features: readonly Feature[];
  readonly dispatcher: Pick<Dispatcher, 'nudge' | 'handOver'>;
  /** Work of the program itself at every tick: retries, clearing away. */
  readonly chores: (now: Date) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Scheduler {
  readonly start: () => void;
  /** One look at everything that is due; ticks, start-up and reconnection all end here. */
  readonly tick: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const EVERY_20_S = '*/20 * * * * *';

export function createScheduler(parts: SchedulerParts): Scheduler {
  const jobs = jobsOf(parts.features);
  let ticking: Promise<void> | null = null;
  let task: ScheduledTask | null = null;

  function tick(): Promise<void> {
    ticking ??= runDue(parts, jobs).finally(() => {
      ticking = null;
    });
    return ticking;
  }

  return {
    start: () => {
      task = tickEvery(EVERY_20_S, () => void tick(), { timezone: 'Asia/Shanghai', suppressMissedWarning: true });
      void tick();
    },
    tick,
    stop: async () => {
      await task?.destroy();
      await ticking;
    },
  };
}

type Job = NonNullable<Feature['jobs']>[string];

interface NamedJob {
  readonly feature: string;
  readonly job: Job;
}

function jobsOf(features: readonly Feature[]): Map<string, NamedJob> {
  const jobs = new Map<string, NamedJob>();
  for (const feature of features) {
    for (const [kind, job] of Object.entries(feature.jobs ?? {})) {
      if (jobs.has(kind)) throw new Error(`two features have a job of the kind ${kind}`);
      jobs.set(kind, { feature: feature.name, job });
    }
  }
  return jobs;
}

async function runDue(parts: SchedulerParts, jobs: ReadonlyMap<string, NamedJob>): Promise<void> {
  const now = parts.clock.now();
  try {
    for (const schedule of await parts.store.read((tx) => listEnabledSchedules(tx))) {
      await runSchedule(parts, jobs, schedule, now);
    }
    await parts.chores(now);
  } catch (cause) {
    parts.log.error({ err: cause }, 'what is due could not be looked up');
  }
}

async function runSchedule(
  parts: SchedulerParts,
  jobs: ReadonlyMap<string, NamedJob>,
  schedule: Schedule,
  now: Date,
): Promise<void> {
  const due = dueSlots(schedule, now);
  const named = jobs.get(schedule.kind);
  if (due === null || named === undefined) return;
  try {
    for (const slot of due.run) await runSlot(parts, named, schedule, slot, now);
    await parts.store.write((tx) => advanceSchedule(tx, schedule.id, due.settledUntil));
  } catch (cause) {
    // The slot was not claimed, so the next tick tries it again until it is too late for it.
    parts.log.error({ err: cause, kind: schedule.kind }, 'a due slot could not run');
  }
}

async function runSlot(
  parts: SchedulerParts,
  named: NamedJob,
  schedule: Schedule,
  slot: Date,
  now: Date,
): Promise<void> {
  const departing = await parts.store.write(async (tx) => {
    const isMine = await claimSlot(tx, { scheduleId: schedule.id, slot, owner: parts.owner, now });
    const community = isMine ? await findCommunity(tx, schedule.communityId) : null;
    if (community === null) return [];
    const effects = await named.job({ tx, now, community, scheduleId: schedule.id, slot });
    return writeEffects(tx, parts, { community, now, feature: named.feature }, effects);
  });
  parts.dispatcher.handOver(departing);
  parts.dispatcher.nudge();
}
