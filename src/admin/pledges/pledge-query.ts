/** Which pledges a page shows, as its address says it; a door never stands in one. */
import { z } from 'zod';
import type { PledgeQuery } from '../../features/pledges/household-list-service.ts';
import type { PledgeScope } from '../../model/pledge.ts';
import type { Visit } from '../visit.ts';

/** Stands for every building that is not in the tree, in a filter. */
export const ELSEWHERE = 'elsewhere';

const STATES = ['standing', 'withdrawn', 'all'] as const;

const Asked = z.object({
  area: z.string().max(40).catch(''),
  habit: z
    .string()
    .regex(/^[a-z0-9-]{0,40}$/)
    .catch(''),
  state: z.enum(STATES).catch('standing'),
  year: z.string().max(60).catch(''),
  after: z.string().max(60).catch(''),
});
export type Asked = z.infer<typeof Asked>;

export function askedOf({ context }: Visit): Asked {
  return Asked.parse(context.req.query());
}

export function queryOf({ area, habit, state }: Asked, scope: PledgeScope): PledgeQuery {
  return {
    scope,
    ...(area === '' ? {} : { areaId: area === ELSEWHERE ? null : area }),
    ...(habit === '' ? {} : { habit }),
    ...(state === 'all' ? {} : { state }),
  };
}

export function isFiltered({ area, habit, state, after }: Asked): boolean {
  return area !== '' || habit !== '' || state !== 'standing' || after !== '';
}

/** As an address names a plan and its year. */
export function yearOf({ plan, period }: PledgeScope): string {
  return `${plan}/${period}`;
}

/** The plan and year asked for; this year's where none of the records is of that one. */
export function scopeAsked({ year }: Asked, scopes: readonly PledgeScope[], current: PledgeScope): PledgeScope {
  return scopes.find((scope) => yearOf(scope) === year) ?? current;
}

/** The same rows from another one on. */
export function pathOf({ area, habit, state, year }: Asked, after = ''): string {
  const parts = Object.entries({ year, area, habit, state: state === 'standing' ? '' : state, after });
  const query = new URLSearchParams(parts.filter(([, value]) => value !== '')).toString();
  return query === '' ? '/admin/pledges' : `/admin/pledges?${query}`;
}
