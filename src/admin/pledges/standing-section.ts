/** How many households pledged of how many, in one line and by building; every number leads to its rows. */
import { html } from 'hono/html';
import type { PledgeCount, PledgeStanding } from '../../features/pledges/standing-service.ts';
import type { Html } from '../../lib/http/html.ts';
import type { Area } from '../../store/community-table.ts';
import { dateWords } from '../local-words.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { type HouseholdGoal, householdGoal, missingTo, shareOf } from './household-goal-rules.ts';
import { ELSEWHERE, yearOf } from './pledge-query.ts';
import { buildingWords, byBuilding, count } from './pledge-words.ts';
import { PLEDGES_PAGE_TEXTS } from './pledges-texts.ts';

export interface ShownStanding {
  readonly standing: PledgeStanding;
  readonly areas: readonly Area[];
  /** Of an earlier year: how many households there were then nobody has written down, so nothing is a share of them. */
  readonly isPast: boolean;
}

export function standingLine(visit: Visit, { standing: { whole, buildings, scope }, isPast }: ShownStanding): Html {
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  const households = count(visit, whole.households);
  if (isPast) {
    const all = count(visit, whole.households + whole.outside);
    return html`<p class="lead">${words('pledges.standing-then', { year: scope.period, households: all })}</p>`;
  }
  if (whole.base === null || whole.base.count === 0) {
    const isSome = buildings.some(({ base }) => base !== null);
    const help = words(isSome ? 'pledges.base-partly' : 'pledges.base-missing');
    return html`<p class="lead">${words('pledges.standing', { households })}</p>
<p class="hint">${help} <a href="/admin/settings/areas">${words('pledges.base-enter')}</a></p>`;
  }
  const base = count(visit, whole.base.count);
  const share = shareOf(whole.households, whole.base.count);
  const tooMany = whole.households > whole.base.count ? html` ${words('pledges.base-too-small')}` : '';
  const outside = whole.outside === 0 ? '' : words('pledges.outside', { households: count(visit, whole.outside) });
  const standing =
    whole.households === 0
      ? words('pledges.standing-none', { base })
      : words('pledges.standing-of', { households, base, share });
  return html`<p class="lead">${standing}</p>
<p class="hint">${baseWords(visit, buildings, whole.base)}${tooMany} ${outside}</p>`;
}

function baseWords(visit: Visit, buildings: PledgeStanding['buildings'], base: NonNullable<PledgeCount['base']>) {
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  const said = buildings.flatMap(({ base: own }) => (own === null ? [] : [own.source]));
  const sources = [...new Set([base.source, ...said])].filter((source) => source !== '');
  const source = sources.join(wordsFor(visit, PAGE_TEXTS)('page.list-separator')) || words('pledges.base-no-source');
  const variables = { base: count(visit, base.count), source };
  if (base.countedOn === '') return words('pledges.base', variables);
  return words('pledges.base-on', { ...variables, day: dateWords(base.countedOn, visit.community) });
}

export function buildingTable(visit: Visit, { standing, areas, isPast }: ShownStanding): Html | '' {
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  const { buildings } = standing;
  if (buildings.length === 0) return '';
  const plan = visit.content.plans.find(({ id }) => id === visit.community.plan);
  const goal = isPast ? null : householdGoal(plan);
  const columns: Columns = { goal, hasBase: !isPast, year: isPast ? yearOf(standing.scope) : '' };
  const rows = byBuilding(visit, areas).flatMap((area) => {
    const found = buildings.find((one) => one.area.id === area.id);
    return found === undefined ? [] : [row(visit, buildingWords(visit, area, areas), area.id, found, columns)];
  });
  const elsewhere = countElsewhere(standing);
  const none: PledgeCount = { households: elsewhere, outside: 0, people: 0, base: null, left: null };
  const last = elsewhere > 0 ? [row(visit, words('pledges.elsewhere'), ELSEWHERE, none, columns)] : [];
  const base = isPast ? '' : html`<th scope="col">${words('pledges.column-households')}</th>`;
  const missing =
    goal === null ? '' : html`<th scope="col">${words('pledges.column-missing', { percent: goal.value })}</th>`;
  return html`<table class="figures"><thead><tr><th scope="col">${words('pledges.column-building')}</th><th scope="col">${words('pledges.column-pledged')}</th>${base}${missing}</tr></thead>
<tbody>${rows}${last}</tbody></table>
${goal === null || plan === undefined ? '' : html`<p class="hint">${words('pledges.goal', { plan: plan.title, year: goal.year, base: goal.base, figure: goal.figure })}</p>`}`;
}

interface Columns {
  readonly goal: HouseholdGoal | null;
  readonly hasBase: boolean;
  /** As an address says it; empty for this year. */
  readonly year: string;
}

/** Households of buildings that are not in the tree. */
export function countElsewhere({ whole, buildings }: PledgeStanding): number {
  return whole.outside - buildings.reduce((sum, { outside }) => sum + outside, 0);
}

function row(visit: Visit, name: string, area: string, found: PledgeCount, { goal, hasBase, year }: Columns): Html {
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  const { households, outside, base } = found;
  const number = count(visit, households);
  const rows = new URLSearchParams({ ...(year === '' ? {} : { year }), area });
  // Behind the number are all of the building, those too whose room nobody told.
  const without = outside === 0 ? '' : words('pledges.without-room', { households: count(visit, outside) });
  const said = outside === 0 ? number : html`${number} <span class="hint">${without}</span>`;
  const pledged = households + outside === 0 ? number : html`<a href="/admin/pledges?${rows}">${said}</a>`;
  const known = base === null ? words('pledges.households-unknown') : count(visit, base.count);
  const missing = base === null || goal === null ? '' : missingWords(visit, missingTo(goal, households, base.count));
  return html`<tr><th scope="row">${name}</th><td>${pledged}</td>${hasBase ? html`<td>${known}</td>` : ''}${goal === null ? '' : html`<td>${missing}</td>`}</tr>`;
}

function missingWords(visit: Visit, missing: number): string {
  return missing === 0 ? wordsFor(visit, PLEDGES_PAGE_TEXTS)('pledges.reached') : count(visit, missing);
}
