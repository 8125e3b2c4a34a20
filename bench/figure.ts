/** What a benchmark finds out: numbers, each with the bar it is to keep to. */
import { z } from 'zod';

const Bar = z.union([z.object({ atLeast: z.number() }), z.object({ atMost: z.number() })]);

const Figure = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  /** `null`: told for comparison only. */
  bar: Bar.nullable(),
});
export type Figure = z.infer<typeof Figure>;

export const Finding = z.object({
  figures: z.array(Figure),
  /** What was done to get them. */
  notes: z.array(z.string()),
});
export type Finding = z.infer<typeof Finding>;

export function atLeast(name: string, value: number, unit: string, bar: number): Figure {
  return { name, value, unit, bar: { atLeast: bar } };
}

export function atMost(name: string, value: number, unit: string, bar: number): Figure {
  return { name, value, unit, bar: { atMost: bar } };
}

export function told(name: string, value: number, unit: string): Figure {
  return { name, value, unit, bar: null };
}

export function holds({ value, bar }: Figure): boolean {
  if (bar === null) return true;
  return 'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost;
}
