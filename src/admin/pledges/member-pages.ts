/** Takes a resident out of a household that does not know them. */
import { html } from 'hono/html';
import { isKeptWithout, readMembers, takeOutMember } from '../../features/pledges/member-office-service.ts';
import { maskName } from '../../lib/person-name.ts';
import { findHousehold } from '../../store/household-table.ts';
import { dayWords } from '../local-words.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { readFacts, titleOf } from './household-page.ts';
import { HOUSEHOLD_TEXTS } from './pledges-texts.ts';

/** Says what becomes of the pledge and that the person hears of it, before it is done: a message cannot be had back. */
export async function showTakeOut(visit: Visit): Promise<Response> {
  const facts = await readFacts(visit);
  const found = facts === null ? null : await readMember(visit, facts.id);
  if (facts === null || found === null) return showNothingThere(visit);
  const { member, isKept } = found;
  const words = wordsFor(visit, HOUSEHOLD_TEXTS);
  const name = member.name === null ? words('household.unnamed') : maskName(member.name);
  const day = dayWords(member.joinedAt, visit.community);
  const here = `/pledges/${facts.id}`;
  const body = html`<p class="lead">${words('household.take-out-who', { name, day })}</p>
<p>${words(isKept ? 'household.take-out-stays' : 'household.take-out-last')}</p><p>${words('household.take-out-told')}</p>
<form method="post"><p class="actions"><button class="danger">${words('household.take-out-button')}</button>
<a class="button quiet" href="/admin${here}">${words('household.take-out-keep')}</a></p></form>`;
  const back = { path: here, label: titleOf(visit, facts) };
  return showPage(visit, { title: words('household.take-out'), section: 'pledges', back, body });
}

export async function takeOut(visit: Visit): Promise<Response> {
  const { parts, community, staff, context, now } = visit;
  const householdId = context.req.param('id') ?? '';
  const act = { community, householdId, staffId: staff.id, now };
  const result = await parts.commit(community.id, 'pledges', async (tx) => {
    const taken = await takeOutMember(tx, act, context.req.param('person') ?? '');
    return taken.ok ? { result: taken, effects: taken.effects } : { result: taken };
  });
  if (!result.ok) return showNothingThere(visit);
  if (result.household === 'gone') return goTo(visit, '/pledges', { key: 'household.taken-out-last' });
  return goTo(visit, `/pledges/${householdId}`, { key: 'household.taken-out' });
}

function readMember({ parts, community, context }: Visit, householdId: string) {
  const personId = context.req.param('person') ?? '';
  return parts.store.read(async (tx) => {
    const household = await findHousehold(tx, community.id, householdId);
    const members = household === null ? [] : await readMembers(tx, household);
    const member = members.find((one) => one.personId === personId);
    return member === undefined ? null : { member, isKept: await isKeptWithout(tx, householdId, personId) };
  });
}
