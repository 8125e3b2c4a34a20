/** Which pledges a page shows, as its address says it; a door never stands in one. */
import { z } from 'zod';
import type { PledgeQuery } from '../../features/pledges/household-list-service.ts';
import type { Visit } from '../visit.ts';
import { ELSEWHERE } from './standing-section.ts';

const STATES = ['standing', 'withdrawn', 'all'] as const;

const Asked = z.object({
  area: z.string().max(40).catch(''),
  habit: z
    .string()
    .regex(/^[a-z0-9-]{0,40}$/)
    .catch(''),
  state: z.enum(STATES).catch('standing'),
  after: z.string().max(60).catch(''),
});
export type Asked = z.infer<typeof Asked>;

export function askedOf({ context }: Visit): Asked {
  return Asked.parse(context.req.query());
}

export function queryOf({ area, habit, state }: Asked): PledgeQuery {
  return {
    ...(area === '' ? {} : { areaId: area === ELSEWHERE ? null : area }),
    ...(habit === '' ? {} : { habit }),
    ...(state === 'all' ? {} : { state }),
  };
}

export function isFiltered({ area, habit, state, after }: Asked): boolean {
  return area !== '' || habit !== '' || state !== 'standing' || after !== '';
}

/** The same rows from another one on. */
export function pathOf({ area, habit, state }: Asked, after = ''): string {
  const parts = Object.entries({ area, habit, state: state === 'standing' ? '' : state, after });
  const query = new URLSearchParams(parts.filter(([, value]) => value !== '')).toString();
  return query === '' ? '/admin/pledges' : `/admin/pledges?${query}`;
}
