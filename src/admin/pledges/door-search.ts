/** Finds the household behind a door. A door is personal, so it is asked for in the body of a form, never in an address. */
import { z } from 'zod';
import { listPledgePage } from '../../features/pledges/household-list-service.ts';
import { listAreas } from '../../store/community-table.ts';
import { goTo } from '../page-answer.ts';
import { readForm } from '../posted-form.ts';
import type { Visit } from '../visit.ts';
import { showNew } from './add-page.ts';
import { DOOR_FIELDS, placeOf } from './door-fields.ts';
import { showPledges } from './pledges-page.ts';

/** A household that is not found is offered to be written down, with what was typed. */
export async function find(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, z.object(DOOR_FIELDS));
  if (!form.ok) return showPledges(visit, { form: 'find', ...form });
  const { parts, community, now } = visit;
  const { rows } = await parts.store.read(async (tx) => {
    const door = placeOf(form.value, await listAreas(tx, community.id));
    return listPledgePage(tx, community, { door }, { limit: 1 }, now);
  });
  const [found] = rows;
  if (found !== undefined) return goTo(visit, `/pledges/${found.householdId}`);
  return showNew(visit, { typed: visit.form.fields, faults: {}, isNotFound: true });
}
