/** A channel that does nothing on the wire: what is delivered is remembered, and faults happen when they are ordered. */
import type { Capabilities, Channel, Delivery, DeliveryOutcome, Sink } from '../../src/channels/channel.ts';

export interface LoopbackChannel extends Channel {
  readonly delivered: Delivery[];
  /** The next deliveries meet these outcomes, in order, before all goes well again. */
  readonly faults: DeliveryOutcome[];
  hear: Sink;
}

export function createLoopbackChannel(can: Partial<Capabilities> = {}): LoopbackChannel {
  let sink: Sink = () => Promise.reject(new Error('the channel was not started'));
  const delivered: Delivery[] = [];
  const faults: DeliveryOutcome[] = [];
  return {
    name: 'web',
    account: '*',
    can: { longestText: 2_000, buttons: true, speaksFirst: false, pace: {}, ...can },
    delivered,
    faults,
    start: async (given) => {
      sink = given;
    },
    hear: (inbound) => sink(inbound),
    deliver: async (delivery) => {
      const fault = faults.shift();
      if (fault === undefined || fault.fate === 'unknown') delivered.push(delivery);
      return fault ?? { fate: 'sent' };
    },
    status: () => ({ state: 'online', since: new Date(0) }),
    stop: async () => {},
  };
}
