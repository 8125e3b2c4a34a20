/** The whole bot behind the pages, without a platform: what is written is kept, and nobody carries it away. */
import type { Content } from '../../src/content/content.ts';
import { homeOf } from '../../src/joints/home.ts';
import { createReader } from '../../src/joints/reader.ts';
import { createLog } from '../../src/lib/log.ts';
import { type Bot, createBot } from '../../src/runtime/bot.ts';
import { createBotMetrics } from '../../src/server/health.ts';
import type { Store } from '../../src/store/store.ts';
import type { ManualClock } from '../support/manual-clock.ts';
import { WHOLE_BOT } from '../support/whole-bot.ts';

export interface BotRoom {
  readonly store: Store;
  readonly content: Content;
  readonly clock: ManualClock;
}

export function officeBot({ store, content, clock }: BotRoom): Bot {
  return createBot({
    store,
    channels: [],
    features: WHOLE_BOT.features(content),
    render: content.texts.render,
    understand: createReader(() => content),
    openActivities: WHOLE_BOT.openActivities ?? (async () => []),
    homeOf,
    caution: WHOLE_BOT.caution ?? (() => []),
    publicUrl: 'http://lvlin.test',
    owner: 'office',
    clock,
    steadyNow: () => performance.now(),
    random: () => 0.5,
    metrics: createBotMetrics(),
    log: createLog('fatal', 'stderr'),
  });
}
