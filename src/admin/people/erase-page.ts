/** Erases one resident everywhere who asked for it at the office: says what goes and what stays, then does it. */
import { html } from 'hono/html';
import { z } from 'zod';
import { eraseEverywhere, type Foretold, foretellErasing, readKept } from '../../features/privacy/privacy-service.ts';
import { maskName } from '../../lib/person-name.ts';
import type { Person } from '../../model/chat.ts';
import type { Saying } from '../../model/text.ts';
import { findHouseholdOfPerson } from '../../store/household-table.ts';
import { findPerson } from '../../store/person-table.ts';
import type { Transaction } from '../../store/store.ts';
import { action, page } from '../admin-route.ts';
import { dayWords } from '../local-words.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import { pledgeWords } from '../pledges/pledge-words.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { PEOPLE_TEXTS } from './people-texts.ts';

export const PEOPLE_ROUTES = [
  page('/people/:id/erase', 'worker', showErase),
  action('/people/:id/erase', 'worker', erase),
] as const;

/** The way here from a page that shows this person; `from` is where to go back to. */
export function erasePath(personId: string, from: string): string {
  return `/admin/people/${personId}/erase?${new URLSearchParams({ from })}`;
}

interface Asked extends Foretold {
  /** Masked; `null` where none was given. */
  readonly name: string | null;
  readonly since: Date;
  readonly building: string | null;
}

async function showErase(visit: Visit): Promise<Response> {
  const asked = await visit.parts.store.read(async (tx) => {
    const person = await findAsked(tx, visit);
    return person === null ? null : readAsked(tx, visit, person);
  });
  if (asked === null) return showNothingThere(visit);
  const words = wordsFor(visit, PEOPLE_TEXTS);
  const { texts } = visit.content;
  const lines = (sayings: readonly Saying[]) =>
    sayings.map(({ key, variables }) => html`<li>${texts.render(visit.community.locale, key, variables, key)}</li>`);
  const back = backOf(visit);
  const body = html`<p class="lead">${whoWords(visit, asked)}</p><p>${words('people.erase-check')}</p>
<h2>${words('people.erase-gone')}</h2><ul>${lines(asked.gone)}</ul>
<h2>${words('people.erase-stays')}</h2><ul>${lines(asked.stays)}</ul>
<p>${words('people.erase-help')}</p>
<form method="post"><p class="actions"><button class="danger">${words('people.erase-button')}</button>
<a class="button quiet" href="/admin${back}">${words('people.erase-keep')}</a></p></form>`;
  const section = back.startsWith('/activities') ? 'activities' : 'pledges';
  const way = { path: back, label: words('people.erase-back') };
  return showPage(visit, { title: words('people.erase-title'), section, back: way, body });
}

async function erase(visit: Visit): Promise<Response> {
  const { parts, community, staff, now } = visit;
  const isDone = await parts.commit(community.id, 'privacy', async (tx) => {
    const person = await findAsked(tx, visit);
    if (person === null) return { result: false };
    return { result: true, effects: await eraseEverywhere(tx, parts.keepers, person, staff.id, now) };
  });
  if (!isDone) return showNothingThere(visit);
  // The household may have gone along: where it stood there would be nothing to see.
  const back = backOf(visit);
  return goTo(visit, back.startsWith('/pledges') ? '/pledges' : back, { key: 'people.erased' });
}

function findAsked(tx: Transaction, { community, context }: Visit): Promise<Person | null> {
  return findPerson(tx, community.id, context.req.param('id') ?? '');
}

async function readAsked(tx: Transaction, { parts, community, now }: Visit, person: Person): Promise<Asked> {
  const { contact, since } = await readKept(tx, person, now);
  const foretold = await foretellErasing(tx, parts.keepers, person, community, now);
  const household = await findHouseholdOfPerson(tx, person.id);
  const name = contact.name === null ? null : maskName(contact.name);
  return { ...foretold, name, since, building: household?.building ?? null };
}

function whoWords(visit: Visit, { name, since, building }: Asked): string {
  const words = wordsFor(visit, PEOPLE_TEXTS);
  const place = building === null ? '' : pledgeWords(visit).place({ building });
  const who = `${place} ${name ?? words('people.unnamed')}`.trim();
  return words('people.erase-who', { who, day: dayWords(since, visit.community) });
}

const Back = z
  .string()
  .regex(/^\/(?:pledges\/[0-9a-z]+|activities\/[0-9a-z]+\?shift=[0-9a-z]+)$/)
  .catch('/pledges');

function backOf({ context }: Visit): string {
  return Back.parse(context.req.query('from'));
}
