/** Medians and percentiles. */

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The smallest value that this share of all (in percent) does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? Number.NaN;
}
