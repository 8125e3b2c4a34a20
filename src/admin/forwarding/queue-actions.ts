/** Ticking what was forwarded, refusing what cannot be, and having it back. */
import { z } from 'zod';
import type { Flash } from '../flash.ts';
import { goTo } from '../page-answer.ts';
import { oneOf, readForm, TickedOnes } from '../posted-form.ts';
import { actOf, type Visit } from '../visit.ts';
import { markForwarded, REASONS, refuseToForward, undoForwarding } from './queue-service.ts';

const PATH = '/forwarding';

export function tickOne(visit: Visit): Promise<Response> {
  return tick(visit, [visit.context.req.param('id') ?? '']);
}

const AllForm = z.object({ ids: TickedOnes });

/** Those that were on the page. */
export function tickAll(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, AllForm);
  return tick(visit, form.ok ? form.value.ids : []);
}

async function tick(visit: Visit, ids: readonly string[]): Promise<Response> {
  const count = await visit.parts.store.write((tx) => markForwarded(tx, ids, actOf(visit)));
  if (count === 0) return goTo(visit, PATH, GONE);
  return goTo(visit, PATH, { key: 'forward.ticked', variables: { count }, undo: undoOf(visit) });
}

const RefuseForm = z.object({ reason: oneOf(REASONS) });

export async function refuse(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, RefuseForm);
  if (!form.ok) return goTo(visit, PATH);
  const id = visit.context.req.param('id') ?? '';
  const isMine = await visit.parts.store.write((tx) => refuseToForward(tx, id, form.value.reason, actOf(visit)));
  return isMine ? goTo(visit, PATH, { key: 'forward.refused', undo: undoOf(visit) }) : goTo(visit, PATH, GONE);
}

/** By the moment: what was ticked in one go comes back in one go. */
function undoOf({ now }: Visit): NonNullable<Flash['undo']> {
  return { path: '/admin/forwarding/undo', fields: { at: String(now.getTime()) } };
}

const UndoForm = z.object({ at: z.string().regex(/^\d{1,15}$/) });

export async function undo(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, UndoForm);
  if (!form.ok) return goTo(visit, PATH);
  const at = new Date(Number(form.value.at));
  const count = await visit.parts.store.write((tx) => undoForwarding(tx, at, actOf(visit)));
  if (count === 0) return goTo(visit, PATH, { key: 'forward.undo-late', isTrouble: true });
  return goTo(visit, PATH, { key: 'forward.undone', variables: { count } });
}

/** Ticked by a colleague, taken back or too late: nothing is written. */
const GONE: Flash = { key: 'forward.gone', isTrouble: true };
