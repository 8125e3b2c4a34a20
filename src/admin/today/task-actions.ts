/** What the buttons of the day's page do: answer, decide, or put aside, and tell those who wait. */
import { z } from 'zod';
import { answerTask, closeTask } from '../../features/front-desk/front-desk-service.ts';
import { confirmDays, readDaysSubject } from '../../features/tips/announced-days-service.ts';
import { setGroupTips } from '../../features/tips/tips-service.ts';
import { answerUnknownWaste } from '../../features/waste-guide/waste-guide-service.ts';
import { WASTE_CLASSES } from '../../model/waste-item.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { findTask, reopenTask, settleTask, type Task } from '../../store/task-table.ts';
import { type AdminRoute, action, formAction } from '../admin-route.ts';
import { daysFault } from '../days-fault.ts';
import { goTo, showNothingThere } from '../page-answer.ts';
import { Day, oneOf, optionalText, readForm, requiredText, Ticked } from '../posted-form.ts';
import { actOf, type Visit } from '../visit.ts';
import { wishOf } from './group-wish.ts';
import type { RefusedAnswer } from './task-card.ts';

type Show = (visit: Visit, refused: RefusedAnswer) => Promise<Response>;
type OnTask = (visit: Visit, task: Task, show: Show) => Promise<Response>;

type ShowInFull = (visit: Visit, taskId: string) => Promise<Response>;

export function taskRoutes(show: Show, showInFull: ShowInFull): AdminRoute[] {
  const on = (answer: OnTask) => (visit: Visit) => onTask(visit, answer, show);
  return [
    formAction('/tasks/:id/waste', 'worker', on(answerWaste)),
    formAction('/tasks/:id/answer', 'worker', on(answerQuestion)),
    formAction('/tasks/:id/days', 'worker', on(enterDays)),
    action('/tasks/:id/tips', 'worker', on(decideTips)),
    action('/tasks/:id/full', 'worker', on(lookInFull(showInFull))),
    action('/tasks/:id/close', 'worker', on(putAside)),
    action('/tasks/:id/reopen', 'worker', takeUpAgain),
  ];
}

async function onTask(visit: Visit, answer: OnTask, show: Show): Promise<Response> {
  const id = visit.context.req.param('id') ?? '';
  const task = await visit.parts.store.read((tx) => findTask(tx, visit.community.id, id));
  if (task === null) return showNothingThere(visit);
  return task.doneAt === null ? answer(visit, task, show) : settledBefore(visit);
}

const WasteForm = z.object({ class: oneOf(WASTE_CLASSES), note: optionalText(200), keep: Ticked });

async function answerWaste(visit: Visit, task: Task, show: Show): Promise<Response> {
  const form = readForm(visit.form, WasteForm);
  if (!form.ok) return show(visit, { taskId: task.id, ...form });
  const { content, community, staff, now } = visit;
  const reply = { ...form.value, taskId: task.id, staffId: staff.id, now };
  const result = await visit.parts.commit(community.id, 'waste-guide', async (tx) => {
    const replied = await answerUnknownWaste(tx, content, community, reply);
    return { result: replied, effects: { messages: replied.ok ? replied.messages : [] } };
  });
  if (result.ok) return answered(visit, result.messages.length);
  if (result.why !== 'note-too-long') return settledBefore(visit);
  return show(visit, { taskId: task.id, typed: visit.form.fields, faults: { note: 'fault.too-long' } });
}

const AnswerForm = z.object({ answer: requiredText(2_000) });

async function answerQuestion(visit: Visit, task: Task, show: Show): Promise<Response> {
  const form = readForm(visit.form, AnswerForm);
  if (!form.ok) return show(visit, { taskId: task.id, ...form });
  const answer = { ...actOf(visit), taskId: task.id, text: form.value.answer };
  const result = await visit.parts.commit(visit.community.id, 'front-desk', async (tx) => {
    const replied = await answerTask(tx, visit.content, answer);
    return { result: replied, effects: { messages: replied.ok ? replied.messages : [] } };
  });
  if (result.ok) return answered(visit, result.messages.length);
  if (result.why === 'unknown' || result.why === 'settled') return settledBefore(visit);
  const fault = result.why === 'private' ? 'fault.private-in-group' : (`fault.${result.why}` as const);
  return show(visit, { taskId: task.id, typed: visit.form.fields, faults: { answer: fault } });
}

const DaysForm = z.object({ from: Day, to: Day, source: requiredText(200) });

async function enterDays(visit: Visit, task: Task, show: Show): Promise<Response> {
  const form = readForm(visit.form, DaysForm);
  if (!form.ok) return show(visit, { taskId: task.id, ...form });
  const subject = readDaysSubject(task.subjectId ?? '');
  if (subject === null) return showNothingThere(visit);
  const days = { ...actOf(visit), ...subject, ...form.value };
  const result = await visit.parts.store.write((tx) => confirmDays(tx, visit.content, days));
  if (result.ok) return goTo(visit, '/', { key: 'today.days-kept' });
  const faults = daysFault(result.why);
  return faults === null ? showNothingThere(visit) : show(visit, { taskId: task.id, typed: visit.form.fields, faults });
}

async function decideTips(visit: Visit, task: Task): Promise<Response> {
  const wish = wishOf(task);
  if (wish === null) return showNothingThere(visit);
  const { communityId, staffId, now } = actOf(visit);
  const isMine = await visit.parts.store.write(async (tx) => {
    if (!(await settleTask(tx, task, { answer: null, by: staffId, now }))) return false;
    await setGroupTips(tx, { communityId, chatId: wish.chatId }, { on: wish.on, staffId, now });
    return true;
  });
  return isMine ? goTo(visit, '/', { key: 'today.tips-changed' }) : settledBefore(visit);
}

/** That it was looked at stands in the log before anything is shown. */
function lookInFull(showInFull: ShowInFull): OnTask {
  return async (visit, { id }) => {
    const { communityId, staffId, now } = actOf(visit);
    const entry = { communityId, staffId, action: 'task.view-full', subjectId: id, at: now };
    await visit.parts.store.write((tx) => appendAudit(tx, entry));
    return showInFull(visit, id);
  };
}

async function putAside(visit: Visit, task: Task): Promise<Response> {
  const isMine = await visit.parts.store.write((tx) => closeTask(tx, { ...actOf(visit), taskId: task.id }));
  const undo = { path: `/admin/tasks/${task.id}/reopen`, fields: {} };
  return isMine ? goTo(visit, '/', { key: 'today.closed', undo }) : settledBefore(visit);
}

async function takeUpAgain(visit: Visit): Promise<Response> {
  const id = visit.context.req.param('id') ?? '';
  const { communityId, staffId, now } = actOf(visit);
  const isOpen = await visit.parts.store.write(async (tx) => {
    const isOpenAgain = await reopenTask(tx, communityId, id);
    if (isOpenAgain) await appendAudit(tx, { communityId, staffId, action: 'task.reopen', subjectId: id, at: now });
    return isOpenAgain;
  });
  return isOpen ? goTo(visit, '/', { key: 'today.reopened' }) : showNothingThere(visit);
}

/** Who asked may have left the group or had their data erased. */
function answered(visit: Visit, count: number): Response {
  if (count === 0) return goTo(visit, '/', { key: 'today.answered-nobody', isTrouble: true });
  return goTo(visit, '/', { key: 'today.answered', variables: { count } });
}

/** A colleague was faster: nothing is sent twice. */
function settledBefore(visit: Visit): Response {
  return goTo(visit, '/', { key: 'today.settled-before', isTrouble: true });
}
