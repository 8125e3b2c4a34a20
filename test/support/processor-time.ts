/** What work costs, whatever else the machine is busy with: time on the clock says little where others compute, too. */

/** Milliseconds that this thread computed; waiting and the work of others do not count. */
export function threadTime(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  return sinceOf(process.threadCpuUsage(before));
}

/** As `threadTime`, for work that waits in between. */
export async function threadTimeOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  return sinceOf(process.threadCpuUsage(before));
}

/** Milliseconds that all threads of this process computed. */
export async function processTimeOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  return sinceOf(process.cpuUsage(before));
}

function sinceOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}
