/** What an issued plan is: its initiatives, the figures it wants reached, who leads, the days it names and the duties it lays down. */
import { z } from 'zod';

export const PLAN_LEVELS = ['national', 'province', 'prefecture', 'county'] as const;

export const PARTICIPANT_KINDS = [
  'household',
  'office',
  'school',
  'community',
  'city',
  'mall',
  'building',
  'county',
  'town',
  'company',
  'hotel',
  'hospital',
  'mine',
  'site',
  'public',
] as const;

export const TARGET_UNITS = ['percent', 'household', 'unit', 'item-per-year', 'text'] as const;

/** `exactly` is for figures such as 100 % that leave nothing above. */
export const TARGET_BOUNDS = ['at-least', 'about', 'exactly', 'between'] as const;

const Id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
const Words = z.string().trim().min(1);
const IsoDate = z.iso.date();

/** `figure` quotes the plan's number as printed; `base` is what it is counted in; `year` is when it is due. */
export const PlanTarget = z.strictObject({
  id: Id,
  figure: Words,
  value: z.number().nullable(),
  upTo: z.number().optional(),
  bound: z.enum(TARGET_BOUNDS),
  unit: z.enum(TARGET_UNITS),
  base: Words,
  year: z.number().int(),
});
export type PlanTarget = z.infer<typeof PlanTarget>;

/** A day or week the plan names; `event` is its id in data/calendar.csv where it has one. */
export const PlanDay = z.strictObject({ name: Words, event: Id.optional() });
export type PlanDay = z.infer<typeof PlanDay>;

export const PlanInitiative = z.strictObject({
  id: Id,
  name: Words,
  group: Id.optional(),
  participant: z.strictObject({ kinds: z.array(z.enum(PARTICIPANT_KINDS)).min(1), words: Words }),
  lead: z.array(Words),
  partners: z.array(Words),
  targets: z.array(PlanTarget),
  days: z.array(PlanDay),
  duties: z.array(Words).min(1),
  habits: z.array(Id),
  standards: z.array(Words).optional(),
});
export type PlanInitiative = z.infer<typeof PlanInitiative>;

export const PLAN_DUTY_KINDS = [
  'organisation',
  'reporting',
  'assessment',
  'review',
  'publicity',
  'disclosure',
  'funding',
] as const;

/** A duty of the plan as a whole. `every` is set where the plan gives a rhythm. */
export const PlanDuty = z.strictObject({
  id: Id,
  kind: z.enum(PLAN_DUTY_KINDS),
  words: Words,
  who: Words.optional(),
  every: z.enum(['half-year', 'year', 'regularly']).optional(),
});
export type PlanDuty = z.infer<typeof PlanDuty>;

export const PlanGroup = z.strictObject({ id: Id, name: Words });

export const Plan = z.strictObject({
  id: Id,
  title: Words,
  /** Absent where the copy at hand bears no number. */
  number: Words.optional(),
  issuer: Words,
  issuedOn: IsoDate,
  level: z.enum(PLAN_LEVELS),
  region: Id,
  area: Words,
  /** Its target years are over: it is shown as a sample, never as what is due now. */
  historical: z.boolean(),
  endsIn: z.number().int(),
  basedOn: z.array(Words),
  goals: z.array(Words).min(1),
  targets: z.array(PlanTarget),
  days: z.array(PlanDay),
  groups: z.array(PlanGroup).optional(),
  initiatives: z.array(PlanInitiative).min(1),
  duties: z.array(PlanDuty).min(1),
  source: Words,
  checkedOn: IsoDate,
});
export type Plan = z.infer<typeof Plan>;
