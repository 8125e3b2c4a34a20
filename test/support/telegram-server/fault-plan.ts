/** What goes wrong on order: for a method or for all, so many times. */
import type { RefusalParameters } from './api-error.ts';

export type Fault =
  /** The connection is cut before anything was done. */
  | { readonly kind: 'reset' }
  /** It was done, and the connection is cut before the answer. */
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'delay'; readonly ms: number }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly description: string;
      readonly parameters?: RefusalParameters;
    }
  /** What a proxy or a broken server may say. */
  | { readonly kind: 'body'; readonly status: number; readonly body: string };

export type Payload = Readonly<Record<string, unknown>>;

interface Order {
  readonly method: string;
  readonly fault: Fault;
  readonly when: (payload: Payload) => boolean;
  left: number;
}

export class FaultPlan {
  #orders: Order[] = [];

  /** `method` may be `*`. Without `times` it stays until `clear`. */
  order(method: string, fault: Fault, times = Number.POSITIVE_INFINITY, when: Order['when'] = () => true): void {
    this.#orders.push({ method: method.toLowerCase(), fault, when, left: times });
  }

  clear(): void {
    this.#orders = [];
  }

  take(method: string, payload: Payload): Fault | null {
    const order = this.#orders.find(
      (one) => one.left > 0 && (one.method === '*' || one.method === method) && one.when(payload),
    );
    if (order === undefined) return null;
    order.left -= 1;
    return order.fault;
  }
}
