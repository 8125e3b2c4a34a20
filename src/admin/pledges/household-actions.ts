/** What a worker does for a household that asks for it: changing, withdrawing, taking up again, taking out. */
import { html } from 'hono/html';
import { z } from 'zod';
import {
  changeOnBehalf,
  type OfficeAct,
  removeHousehold,
  renewOnBehalf,
  withdrawOnBehalf,
} from '../../features/pledges/pledge-office-service.ts';
import { MOST_PEOPLE } from '../../model/household.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import { optionalNumber, optionalText, readForm, TickedOnes } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { readFacts, showHousehold, titleOf } from './household-page.ts';
import { HOUSEHOLD_TEXTS } from './pledges-texts.ts';

const Ids = TickedOnes.transform((values) => values.flatMap((value) => value.split(' ')).filter((id) => id !== ''));

const ChangeForm = z.object({
  habits: Ids,
  shown: optionalText(2_000).transform((text) => text.split(' ').filter((id) => id !== '')),
  people: optionalNumber(1, MOST_PEOPLE),
});

export async function change(visit: Visit): Promise<Response> {
  const facts = await readFacts(visit);
  if (facts === null) return showNothingThere(visit);
  const form = readForm(visit.form, ChangeForm);
  if (!form.ok) return showHousehold(visit, { form: 'change', ...form });
  const { habits, shown, people } = form.value;
  const known = new Set(visit.content.habits.map(({ id }) => id));
  const add = habits.filter((id) => known.has(id) && !shown.includes(id));
  // What the table no longer holds was not to be seen on the page, so it was not unticked either.
  const remove = shown.filter((id) => known.has(id) && !habits.includes(id));
  const wanted = { add, remove, ...(people === null ? {} : { people }) };
  const result = await visit.parts.store.write((tx) => changeOnBehalf(tx, actFor(visit), wanted));
  if (result.ok) {
    const before = { habits: facts.current?.habits.join(' ') ?? '', people: String(facts.people ?? '') };
    const undo = {
      path: `/admin${herePath(visit)}/change`,
      fields: { ...before, shown: result.pledge.habits.join(' ') },
    };
    return goTo(visit, herePath(visit), { key: 'page.saved', undo });
  }
  if (result.why === 'no-pledge')
    return goTo(visit, herePath(visit), { key: 'household.not-standing', isTrouble: true });
  const faults = { habits: 'fault.nothing-left' } as const;
  return showHousehold(visit, { form: 'change', typed: visit.form.fields, faults });
}

export async function withdraw(visit: Visit): Promise<Response> {
  if ((await readFacts(visit)) === null) return showNothingThere(visit);
  await visit.parts.store.write((tx) => withdrawOnBehalf(tx, actFor(visit)));
  const undo = { path: `/admin${herePath(visit)}/renew`, fields: {} };
  return goTo(visit, herePath(visit), { key: 'household.withdrawn-now', undo });
}

export async function renew(visit: Visit): Promise<Response> {
  if ((await readFacts(visit)) === null) return showNothingThere(visit);
  await visit.parts.store.write((tx) => renewOnBehalf(tx, actFor(visit)));
  const undo = { path: `/admin${herePath(visit)}/withdraw`, fields: {} };
  return goTo(visit, herePath(visit), { key: 'household.renewed-now', undo });
}

/** Says in numbers what goes, because it cannot be undone. */
export async function showRemove(visit: Visit): Promise<Response> {
  const facts = await readFacts(visit);
  if (facts === null) return showNothingThere(visit);
  const words = wordsFor(visit, HOUSEHOLD_TEXTS);
  const changes = facts.pledges.reduce((sum, { history }) => sum + history.length, 0);
  const goes = { pledges: facts.pledges.length, changes, checkIns: facts.checkIns };
  const left = facts.members === 0 ? '' : html`<p>${words('household.remove-members', { members: facts.members })}</p>`;
  const counted = facts.current?.state === 'standing' ? html`<p>${words('household.remove-counted')}</p>` : '';
  const body = html`<p>${words('household.remove-goes', goes)}</p>${left}${counted}<p>${words('household.remove-help')}</p>
<form method="post"><p class="actions"><button class="danger">${words('household.remove-button')}</button>
<a class="button quiet" href="/admin${herePath(visit)}">${words('household.remove-keep')}</a></p></form>`;
  const back = { path: herePath(visit), label: titleOf(visit, facts) };
  return showPage(visit, { title: words('household.remove'), section: 'pledges', back, body });
}

export async function remove(visit: Visit): Promise<Response> {
  const isGone = await visit.parts.store.write((tx) => removeHousehold(tx, actFor(visit)));
  return isGone ? goTo(visit, '/pledges', { key: 'household.removed' }) : showNothingThere(visit);
}

function actFor({ community, staff, context, now }: Visit): OfficeAct {
  return { community, householdId: context.req.param('id') ?? '', staffId: staff.id, now };
}

function herePath({ context }: Visit): string {
  return `/pledges/${context.req.param('id')}`;
}
