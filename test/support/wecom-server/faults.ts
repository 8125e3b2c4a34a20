/** What can be made to go wrong, and when. */

/**
 * What happens to a frame of the client: `lose` it before it has an effect, `close` the connection (1006) instead,
 * let it have its effect and keep quiet (`apply-silently`), break the line (`apply-then-close`), answer when the test
 * says so (`hold-ack`) or on the bot's next connection (`ack-later`), or refuse it with a code.
 */
export type Order =
  | 'lose'
  | 'close'
  | 'apply-silently'
  | 'apply-then-close'
  | 'hold-ack'
  | 'ack-later'
  | { readonly refuse: number };

export interface Faults {
  /** Subscriptions are not answered. */
  silentAuth: boolean;
  /** `hold`: the HTTP upgrade is answered when the test says so; `refuse`: with 503. */
  upgrade: 'prompt' | 'hold' | 'refuse';
  ignorePings: boolean;
  /** Half-alive: pings are answered, callbacks are not delivered and lost. */
  withholdCallbacks: boolean;
  /** How often each callback is delivered. */
  copies: number;
  /** A callback waits for the next one and goes after it. */
  reorder: boolean;
  /** What was said while the bot was away is delivered when it is back; the real service is not known to. */
  redeliverMissed: boolean;
  /** So many connections are broken as soon as they open, or as soon as they are subscribed. */
  closeOnOpen: number;
  closeOnSubscribed: number;
  /** Webhook robots on an older service. */
  knowsMarkdownV2: boolean;
  /** A share of all frames is refused with one of these. */
  random: { readonly share: number; readonly codes: readonly number[]; readonly next: () => number } | null;
  readonly orders: { readonly cmd: string | RegExp; readonly order: Order }[];
  /** The next thing said in this chat is refused with this code. */
  readonly refuseIn: Map<string, number>;
}

export function noFaults(): Faults {
  return {
    silentAuth: false,
    upgrade: 'prompt',
    ignorePings: false,
    withholdCallbacks: false,
    copies: 1,
    reorder: false,
    redeliverMissed: false,
    closeOnOpen: 0,
    closeOnSubscribed: 0,
    knowsMarkdownV2: true,
    random: null,
    orders: [],
    refuseIn: new Map(),
  };
}

/** The order for this frame, used up; a command may be named by its beginning. */
export function takeOrder(faults: Faults, cmd: string): Order | null {
  const place = faults.orders.findIndex((one) =>
    typeof one.cmd === 'string' ? cmd.startsWith(one.cmd) : one.cmd.test(cmd),
  );
  if (place >= 0) return faults.orders.splice(place, 1)[0]?.order ?? null;
  const { random } = faults;
  if (random === null || random.next() >= random.share) return null;
  const code = random.codes[Math.floor(random.next() * random.codes.length)];
  return code === undefined ? null : { refuse: code };
}
