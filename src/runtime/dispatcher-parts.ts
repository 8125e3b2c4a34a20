/** What sending needs from the rest of the house. */
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { RenderText } from '../model/text.ts';
import type { Store } from '../store/store.ts';
import type { ChannelKeeper } from './channel-keeper.ts';

export interface DispatcherParts {
  readonly store: Store;
  readonly channels: Pick<ChannelKeeper, 'find' | 'ready' | 'mayDeliver'>;
  readonly render: RenderText;
  readonly owner: string;
  /** Whether the process of this name still runs; what a dead one had taken is in doubt. */
  readonly isAlive: (owner: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly steadyNow: () => number;
  readonly random: () => number;
  readonly metrics: Pick<Metrics, 'count'>;
  readonly log: Logger;
}
