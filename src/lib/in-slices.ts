/** Long work cut into slices, so that whoever comes meanwhile is served between them. */
import { setImmediate } from 'node:timers/promises';

/** Each `yield` is where others may come in between. */
export type Slices<T> = Generator<undefined, T>;

export function atOnce<T>(work: Slices<T>): T {
  for (;;) {
    const slice = work.next();
    if (slice.done === true) return slice.value;
  }
}

export async function inSlices<T>(work: Slices<T>): Promise<T> {
  for (;;) {
    const slice = work.next();
    if (slice.done === true) return slice.value;
    await setImmediate();
  }
}
