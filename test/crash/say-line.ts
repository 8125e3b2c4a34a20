/** Straight to the pipe: what was promised must not wait in a buffer that dies with the process. */
import { writeSync } from 'node:fs';

const still = new Int32Array(new SharedArrayBuffer(4));

/** A pipe that is full for a moment takes it a little later; part of a line may have gone already. */
export function sayLine(descriptor: number, line: string): void {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EAGAIN')) throw cause;
      Atomics.wait(still, 0, 0, 1);
    }
  }
}
