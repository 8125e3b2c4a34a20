/** Who has pledged: the number that matters, the buildings, and the households themselves, twenty at a time. */
import { html } from 'hono/html';
import { listPledgePage, type PledgePage, type PledgeRow } from '../../features/pledges/household-list-service.ts';
import { scopeOf } from '../../features/pledges/pledges-rules.ts';
import { listScopes, type PledgeStanding, readStanding } from '../../features/pledges/standing-service.ts';
import type { Html } from '../../lib/http/html.ts';
import type { PledgeScope } from '../../model/pledge.ts';
import { type Area, listAreas } from '../../store/community-table.ts';
import { type FormState, selectField } from '../form-fields.ts';
import { dayWords } from '../local-words.ts';
import { showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { findForm } from './find-form.ts';
import { type Asked, askedOf, ELSEWHERE, isFiltered, pathOf, queryOf, scopeAsked, yearOf } from './pledge-query.ts';
import { buildingWords, byBuilding, count, habitsInShort, peopleWords, pledgeWords } from './pledge-words.ts';
import { PLEDGES_PAGE_TEXTS } from './pledges-texts.ts';
import { type Refused, reasonForm } from './reason-form.ts';
import { buildingTable, countElsewhere, standingLine } from './standing-section.ts';

const ROWS = 20;

/** What was sent from the page and does not fit. */
export interface RefusedHere extends Refused {
  readonly form: 'find' | 'full-file';
}

export async function showPledges(visit: Visit, refused: RefusedHere | null = null): Promise<Response> {
  const { parts, community, now } = visit;
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  const asked = askedOf(visit);
  const page = { limit: ROWS, ...(asked.after === '' ? {} : { after: asked.after }) };
  const current = scopeOf(community, now);
  const { scopes, standing, areas, list } = await parts.store.read(async (tx) => {
    const scopes = await listScopes(tx, community, now);
    const scope = scopeAsked(asked, scopes, current);
    return {
      scopes,
      standing: await readStanding(tx, community, now, scope),
      areas: await listAreas(tx, community.id),
      list: await listPledgePage(tx, community, queryOf(asked, scope), page, now),
    };
  });
  const shown = { standing, areas, isPast: yearOf(standing.scope) !== yearOf(current) };
  const table = isFiltered(asked) ? '' : buildingTable(visit, shown);
  const body = html`${standingLine(visit, shown)}${table}${actions(visit, asked)}
<section><h2 id="list">${words('pledges.list')}</h2>${filterForm(visit, asked, { ...shown, scopes })}
${isAllowed(visit, 'worker') ? findForm(visit, areas, refused?.form === 'find' ? refused : null) : ''}
${rows(visit, asked, list, standing)}</section>
${isAllowed(visit, 'worker') ? fullFileForm(visit, asked, refused) : ''}`;
  const title = words('pledges.title');
  return showPage(visit, { title, section: 'pledges', body, status: refused === null ? 200 : 422 });
}

function actions(visit: Visit, asked: Asked): Html {
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  const download = html`<a class="button quiet" href="/admin${filePath(asked)}">${words('pledges.download')}</a>`;
  if (!isAllowed(visit, 'worker')) return html`<p class="actions">${download}</p>`;
  return html`<p class="actions"><a class="button" href="/admin/pledges/new">${words('pledges.add')}</a>
<a class="button quiet" href="/admin/pledges/paper">${words('pledges.import')}</a>${download}
<a class="button quiet" href="/admin/pledges/doors">${words('pledges.doors')}</a></p>`;
}

/** The table of the year that is looked at. */
function filePath({ year }: Asked): string {
  return year === '' ? '/pledges/file' : `/pledges/file?${new URLSearchParams({ year })}`;
}

function fullFileForm(visit: Visit, asked: Asked, refused: RefusedHere | null): Html {
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  return reasonForm(visit, {
    path: filePath(asked),
    summary: words('pledges.full-file'),
    help: words('pledges.full-file-help'),
    button: words('pledges.full-file-button'),
    refused: refused?.form === 'full-file' ? refused : null,
  });
}

interface Filtered {
  readonly standing: PledgeStanding;
  readonly areas: readonly Area[];
  readonly scopes: readonly PledgeScope[];
}

function filterForm(visit: Visit, asked: Asked, { standing, areas, scopes }: Filtered): Html {
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  const form = { values: { ...asked }, faults: {}, words: wordsFor(visit, PAGE_TEXTS), prefix: 'filter' };
  const buildings = byBuilding(visit, areas).map((area) => ({
    value: area.id,
    label: buildingWords(visit, area, areas),
  }));
  const named = standing.habits.map(({ habit, households }) => ({
    value: habit,
    label: words('pledges.habit-count', {
      habit: pledgeWords(visit).habitName(habit),
      households: count(visit, households),
    }),
  }));
  const hasElsewhere = countElsewhere(standing) > 0 || asked.area === ELSEWHERE;
  const elsewhere = hasElsewhere ? [{ value: ELSEWHERE, label: words('pledges.elsewhere') }] : [];
  const states = (['standing', 'withdrawn', 'all'] as const).map((value) => ({
    value,
    label: words(`pledges.state-${value}`),
  }));
  return html`<form method="get" action="/admin/pledges" class="side-by-side filter">${yearField(visit, form, scopes)}
${selectField(form, { name: 'area', label: words('pledges.filter-building'), choices: [{ value: '', label: words('pledges.any-building') }, ...buildings, ...elsewhere] })}
${selectField(form, { name: 'habit', label: words('pledges.filter-habit'), choices: [{ value: '', label: words('pledges.any-habit') }, ...named] })}
${selectField(form, { name: 'state', label: words('pledges.filter-state'), choices: states })}
<div class="field"><button class="quiet">${words('pledges.filter')}</button></div></form>`;
}

/** Only where there is another year to choose. */
function yearField(visit: Visit, form: FormState, scopes: readonly PledgeScope[]): Html | '' {
  if (scopes.length < 2) return '';
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  const plans = new Map(visit.content.plans.map(({ id, title }) => [id, title]));
  const choices = scopes.map((scope) => {
    const { plan, period: year } = scope;
    const label =
      plan === visit.community.plan
        ? words('pledges.year', { year })
        : words('pledges.year-of-plan', { year, plan: plans.get(plan) ?? plan });
    return { value: yearOf(scope), label };
  });
  return selectField(form, { name: 'year', label: words('pledges.filter-year'), choices });
}

function rows(visit: Visit, asked: Asked, { rows: shown, next }: PledgePage, { whole }: PledgeStanding): Html {
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  if (shown.length === 0) {
    const why = whole.households === 0 && !isFiltered(asked) ? 'pledges.empty' : 'pledges.none-found';
    return html`<p class="empty">${words(why)}</p>`;
  }
  const turn = html`${asked.after === '' ? '' : html`<a class="button quiet" href="${pathOf(asked)}#list">${words('pledges.first')}</a>`}
${next === null ? '' : html`<a class="button quiet" href="${pathOf(asked, next)}#list">${words('pledges.next')}</a>`}`;
  return html`<ul class="rows">${shown.map((row) => line(visit, row))}</ul><p class="actions">${turn}</p>`;
}

function line(visit: Visit, { householdId, building, people, habits, state, changedAt }: PledgeRow): Html {
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  const name = words('pledges.household', { building: pledgeWords(visit).place({ building }) });
  const mark = state === 'withdrawn' ? html` <span class="mark">${words('pledges.withdrawn')}</span>` : '';
  return html`<li class="split"><span><a href="/admin/pledges/${householdId}">${name}</a>${mark} ${habitsInShort(visit, habits)}</span>
<span class="hint">${peopleWords(visit, people)} · ${dayWords(changedAt, visit.community)}</span></li>`;
}
