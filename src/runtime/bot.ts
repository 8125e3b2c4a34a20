/** Joins the spine: what hears, decides, acts, sends and keeps time, over whichever store and channels it is given. */
import type { Channel, ChannelStatus } from '../channels/channel.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { Community } from '../model/community.ts';
import type { Inbound } from '../model/inbound.ts';
import type { Outgoing } from '../model/outgoing.ts';
import type { RenderText } from '../model/text.ts';
import type { Understood, Utterance } from '../model/understanding.ts';
import type { Store, Transaction } from '../store/store.ts';
import { type ChannelKeeper, createChannelKeeper } from './channel-keeper.ts';
import { Dispatcher } from './dispatcher.ts';
import type { Effects, Feature } from './feature.ts';
import { housekeeping } from './housekeeping.ts';
import { createIntake, type Intake } from './intake.ts';
import { LoopGuard } from './loop-guard.ts';
import { type Departing, writeEffects } from './outgoing-writer.ts';
import { createPresence } from './presence.ts';
import { createRouter } from './router.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import type { TurnParts } from './turn.ts';

export interface BotParts {
  readonly store: Store;
  readonly channels: readonly Channel[];
  /** A channel has been in trouble for a while, or is well again. */
  readonly onChannelChange?: (channel: Channel, status: ChannelStatus) => void;
  readonly features: readonly Feature[];
  readonly render: RenderText;
  readonly understand: (utterance: Utterance) => Understood;
  readonly second?: TurnParts['second'];
  readonly openActivities: (tx: Transaction, communityId: string, now: Date) => Promise<readonly string[]>;
  readonly homeOf: (tx: Transaction, inbound: Inbound) => Promise<string | null>;
  readonly codeGiven?: TurnParts['codeGiven'];
  readonly caution: (inbound: Inbound) => readonly Outgoing[];
  readonly publicUrl: string;
  /** A name no other process has, before or after. */
  readonly owner: string;
  readonly clock: Clock;
  readonly steadyNow: () => number;
  readonly random: () => number;
  readonly metrics: Metrics;
  readonly log: Logger;
}

export interface Bot {
  readonly channels: Pick<ChannelKeeper, 'channels' | 'find' | 'put' | 'remove' | 'standing'>;
  readonly intake: Intake;
  readonly dispatcher: Dispatcher;
  readonly scheduler: Scheduler;
  /** What a page did: its messages and questions are written in the page's own transaction. */
  readonly follow: (
    tx: Transaction,
    community: Community,
    feature: string,
    effects: Effects,
  ) => Promise<readonly Departing[]>;
  start(): Promise<void>;
  /** Hears no more, ends what is under way, sends what is due. */
  stop(): Promise<void>;
}

export function createBot(parts: BotParts): Bot {
  const router = createRouter(parts.features);
  const presence = createPresence(parts);
  const keeper = createChannelKeeper({ ...parts, onChange: parts.onChannelChange ?? (() => {}) });
  const dispatcher = new Dispatcher({ ...parts, channels: keeper, isAlive: presence.isAlive });
  const speaksFirst = ({ channel, account }: Inbound) => keeper.find(channel, account)?.can.speaksFirst === true;
  const guard = new LoopGuard(parts);
  const caution = (inbound: Inbound) => [...parts.caution(inbound), ...guard.words(inbound)];
  const intake = createIntake({ ...parts, caution, router, dispatcher, guard, speaksFirst });
  const chores = housekeeping({
    store: parts.store,
    retryKept: intake.retryKept,
    takeOver: () => dispatcher.takeOver(),
    channels: keeper.channels,
    log: parts.log,
  });
  const scheduler = createScheduler({ ...parts, dispatcher, chores });
  return {
    channels: keeper,
    intake,
    dispatcher,
    scheduler,
    follow: (tx, community, feature, effects) =>
      writeEffects(tx, parts, { community, now: parts.clock.now(), feature }, effects),
    start: async () => {
      await presence.start();
      await dispatcher.start();
      await keeper.start(intake.receive);
      dispatcher.nudge();
      scheduler.start();
    },
    stop: async () => {
      await scheduler.stop();
      await keeper.stop();
      await intake.idle();
      await dispatcher.stop();
      await keeper.giveUp();
      await presence.stop();
    },
  };
}
