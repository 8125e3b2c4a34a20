/** Letting a notice go now or later, having it back, and sending again what did not arrive. */
import { z } from 'zod';
import { releaseNotice, retryNotice, takeBackNotice } from '../../features/notices/notices-service.ts';
import { instantOf, localDate } from '../../lib/zoned-time.ts';
import type { Flash } from '../flash.ts';
import { goTo, showNothingThere } from '../page-answer.ts';
import { type Faults, oneOf, readForm, Ticked } from '../posted-form.ts';
import { readDay, readTime } from '../typed-when-rules.ts';
import { actOf, type Visit } from '../visit.ts';
import { showNotice } from './notice-page.ts';

const ReleaseForm = z.object({
  do: oneOf(['now', 'later']).default('now'),
  day: z.string().default(''),
  time: z.string().default(''),
});

export async function release(visit: Visit): Promise<Response> {
  const { parts, community } = visit;
  const form = readForm(visit.form, ReleaseForm);
  if (!form.ok) return showNotice(visit, form);
  const at = form.value.do === 'now' ? null : readMoment(visit, form.value);
  if (at !== null && !at.ok) return showNotice(visit, { typed: visit.form.fields, faults: at.faults });
  const act = { ...actOf(visit), ...(at === null ? {} : { at: at.moment }) };
  const result = await parts.commit(community.id, 'notices', async (tx) => ({
    result: await releaseNotice(tx, idOf(visit), act),
  }));
  if (result.ok) return goTo(visit, here(visit));
  if (result.why === 'unknown') return showNothingThere(visit);
  if (result.why === 'not-a-draft') return goTo(visit, here(visit), { key: 'notices.not-a-draft', isTrouble: true });
  return showNotice(visit, { typed: visit.form.fields, faults: { day: 'fault.in-the-past' } });
}

type ReadMoment = { readonly ok: true; readonly moment: Date } | { readonly ok: false; readonly faults: Faults };

function readMoment({ community, now }: Visit, { day, time }: z.output<typeof ReleaseForm>): ReadMoment {
  const { zone } = community.settings;
  const date = readDay(day, localDate(now, zone));
  const clock = readTime(time);
  if (date !== null && clock !== null) return { ok: true, moment: instantOf(date, clock, zone) };
  const faults: Faults = {
    ...(date === null ? { day: 'fault.not-a-day' } : {}),
    ...(clock === null ? { time: 'fault.not-a-time' } : {}),
  };
  return { ok: false, faults };
}

export async function takeBack(visit: Visit): Promise<Response> {
  const { parts, community } = visit;
  const result = await parts.commit(community.id, 'notices', async (tx) => ({
    result: await takeBackNotice(tx, idOf(visit), actOf(visit)),
  }));
  if (!result.ok && result.why === 'unknown') return showNothingThere(visit);
  return goTo(visit, here(visit), takenBackFlash(result));
}

function takenBackFlash(result: Awaited<ReturnType<typeof takeBackNotice>>): Flash {
  if (!result.ok) return { key: 'notices.too-late', isTrouble: true };
  if (result.how === 'unseen') return { key: 'notices.taken-back' };
  const { pulled, gone } = result;
  if (gone === 0) return { key: 'notices.pulled-rest', variables: { pulled } };
  return { key: 'notices.taken-back-partly', variables: { pulled, gone }, isTrouble: true };
}

const RetryForm = z.object({ unsure: Ticked });

export async function retry(visit: Visit): Promise<Response> {
  const { parts, community } = visit;
  const form = readForm(visit.form, RetryForm);
  const unsureToo = form.ok && form.value.unsure;
  const result = await parts.commit(community.id, 'notices', async (tx) => {
    const retried = await retryNotice(tx, idOf(visit), { ...actOf(visit), unsureToo });
    return { result: retried, effects: { messages: retried.ok ? retried.messages : [] } };
  });
  if (result.ok)
    return goTo(visit, here(visit), { key: 'notices.retried', variables: { count: result.messages.length } });
  if (result.why === 'unknown') return showNothingThere(visit);
  return goTo(visit, here(visit), { key: 'notices.nothing-failed' });
}

function idOf({ context }: Visit): string {
  return context.req.param('id') ?? '';
}

function here(visit: Visit): string {
  return `/notices/${idOf(visit)}`;
}
