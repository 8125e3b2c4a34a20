/** The community: the area that owns its people, chats, activities and notices, and how it wants to be served. */
import { z } from 'zod';

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const Weekday = z.int().min(1).max(7);

/** What a worker sets for the community. Weekdays are 1 (Monday) to 7; times are local to `zone`. */
export const CommunitySettings = z.object({
  zone: z.string().default('Asia/Shanghai'),
  /** Where the waste guide takes the names of the classes from, a scheme of data/waste-class-names.csv. */
  wasteScheme: z.string().default('national'),
  /** The province, for grid factors and regional days. */
  province: z.string().default(''),
  /** The pledge period, a calendar year as the plans count. */
  tips: z
    .object({ on: z.boolean(), weekdays: z.array(Weekday), time: TimeOfDay })
    .default({ on: true, weekdays: [2, 5], time: '09:30' }),
  quietFrom: TimeOfDay.default('20:30'),
  quietUntil: TimeOfDay.default('08:30'),
  /** Messages nobody asked for, per group. */
  unaskedPerDay: z.int().min(0).max(5).default(1),
  unaskedPerWeek: z.int().min(0).max(14).default(3),
  /** Shown to residents who want a person, e.g. an office phone. */
  contact: z.string().default(''),
  address: z.string().default(''),
});
export type CommunitySettings = z.infer<typeof CommunitySettings>;

export interface Community {
  readonly id: string;
  readonly name: string;
  /** The issued plan it works under, a file name of data/plans. */
  readonly plan: string;
  readonly locale: string;
  /** The sample community of a fresh start, removed by one click. */
  readonly isSample: boolean;
  readonly settings: CommunitySettings;
}
