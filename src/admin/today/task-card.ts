/** One thing that waits for a person, with the form to answer it right there. */
import { html } from 'hono/html';
import { WasteWords } from '../../features/waste-guide/waste-guide-words.ts';
import type { Html } from '../../lib/http/html.ts';
import { maskSensitive } from '../../lib/phone.ts';
import { WASTE_CLASSES } from '../../model/waste-item.ts';
import { choiceField, type FormState, longField, textField, tickField } from '../form-fields.ts';
import { momentWords } from '../local-words.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { pledgeWords } from '../pledges/pledge-words.ts';
import type { Faults, Typed } from '../posted-form.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { wishOf } from './group-wish.ts';
import type { Caller, WaitingTask } from './today-facts.ts';
import { TODAY_TEXTS } from './today-texts.ts';

/** An answer that did not fit: what was typed comes back with what is wrong. */
export interface RefusedAnswer {
  readonly taskId: string;
  readonly typed: Typed;
  readonly faults: Faults;
}

/** A task with its numbers, by a press of the button that is kept in the log. */
export interface ShownInFull {
  readonly taskId: string;
  /** Of an emergency: who is to be rung. */
  readonly caller: Caller | null;
}

interface CardState {
  readonly full: ShownInFull | null;
  readonly isOpen: boolean;
  readonly refused: RefusedAnswer | null;
}

export function taskCard(visit: Visit, task: WaitingTask, { isOpen, full, refused }: CardState): Html {
  const words = wordsFor(visit, TODAY_TEXTS);
  const isFull = full !== null;
  const { isEmergency } = task;
  const form: FormState = {
    values: refused?.typed ?? { keep: 'yes' },
    faults: refused?.faults ?? {},
    words: wordsFor(visit, PAGE_TEXTS),
    prefix: task.id,
  };
  const askers = task.askers > 1 ? ` ${words('today.askers', { count: task.askers })}` : '';
  return html`<details class="${isEmergency ? 'card urgent' : 'card'}" ${isOpen || isEmergency ? 'open' : ''}><summary>${headline(visit, task, isFull)}</summary>
<p class="hint">${words('today.since', { when: momentWords(task.createdAt, visit.community) })}${askers} ${whoLine(visit, task)}${householdLink(visit, task)}</p>
${earlierLines(visit, task, isFull)}${full === null ? fullButton(visit, task) : ringLine(visit, task, full)}
${isAllowed(visit, 'worker') ? answerForm(visit, task, form) : ''}</details>`;
}

function headline(visit: Visit, task: WaitingTask, isFull: boolean): string {
  const words = wordsFor(visit, TODAY_TEXTS);
  const lines = linesOf(task, isFull);
  const text = lines.at(-1) ?? '';
  switch (task.kind) {
    case 'unknown-waste':
      return words('today.waste', { item: text });
    case 'question':
      return wishOf(task) === null ? words('today.question', { text }) : text;
    case 'issue':
      // What it is and where it is belong together, in whatever order they were said.
      if (text === '') return words('today.words-erased');
      return words(task.isEmergency ? 'today.emergency' : 'today.issue', { text: lines.join(' ') });
    case 'days-to-confirm':
      return text;
    case 'message-failed':
      return task.subjectId === null
        ? `${words('today.unreadable')} ${text}`
        : words('today.failed', { chat: placeOf(visit, task) });
    case 'message-unsure':
      return words('today.unsure', { chat: placeOf(visit, task) });
    case 'group-gone':
      return words('today.group-gone', { chat: placeOf(visit, task) });
    case 'bot-loop':
      return task.chat?.kind === 'group'
        ? words('today.bot-loop', { chat: placeOf(visit, task), text })
        : words('today.bot-loop-private', { text });
  }
}

/** The newest sentence is the heading; a number in it stays hidden until somebody asks for it. */
function linesOf({ text }: WaitingTask, isFull: boolean): string[] {
  return (isFull ? text : maskSensitive(text)).split('\n');
}

function earlierLines(visit: Visit, task: WaitingTask, isFull: boolean): Html {
  const earlier = task.kind === 'issue' ? [] : linesOf(task, isFull).slice(0, -1);
  if (earlier.length === 0) return html``;
  const words = wordsFor(visit, TODAY_TEXTS);
  return html`<p class="hint">${words('today.earlier')}</p><ul>${earlier.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function whoLine(visit: Visit, { name, building, topic, activity }: WaitingTask): string {
  const words = wordsFor(visit, TODAY_TEXTS);
  const place = building === null ? null : pledgeWords(visit).place({ building });
  const who = [place, name].filter((part) => part !== null).join(' ');
  const asked = who === '' ? '' : words('today.asked-by', { who });
  if (activity !== null) return `${asked} ${words('today.spoke-of-activity', { title: activity })}`;
  return topic === null ? asked : `${asked} ${words('today.spoke-of', { topic: words(`today.topic-${topic}`) })}`;
}

function householdLink(visit: Visit, { householdId }: WaitingTask): Html | '' {
  if (householdId === null || !isAllowed(visit, 'worker')) return '';
  return html` <a href="/admin/pledges/${householdId}">${wordsFor(visit, TODAY_TEXTS)('today.to-household')}</a>`;
}

function fullButton(visit: Visit, task: WaitingTask): Html {
  const mayRing = task.isEmergency && task.personId !== null;
  const isMasked = maskSensitive(task.text) !== task.text;
  if (!isAllowed(visit, 'worker') || !(mayRing || isMasked)) return html``;
  const label = wordsFor(visit, TODAY_TEXTS)(mayRing ? 'today.ring-button' : 'today.full-button');
  return html`<form method="post" action="/admin/tasks/${task.id}/full"><button class="${mayRing ? '' : 'quiet'}">${label}</button></form>`;
}

/** Whatever of name, door and phone is known; a phone in hand rings at a touch. */
function ringLine(visit: Visit, task: WaitingTask, { caller }: ShownInFull): Html {
  if (!task.isEmergency) return html``;
  const words = wordsFor(visit, TODAY_TEXTS);
  const place = caller?.place == null ? null : pledgeWords(visit).place(caller.place);
  const who = [caller?.name, place].filter((part) => part != null).join(' ');
  const phone = caller?.phone ?? null;
  if (phone === null && who === '') return html`<p>${words('today.ring-nobody', { chat: placeOf(visit, task) })}</p>`;
  if (phone === null) return html`<p>${words('today.ring-no-phone', { who })}</p>`;
  return html`<p>${who} <a class="button" href="tel:${phone}">${words('today.ring', { phone })}</a></p>`;
}

function placeOf(visit: Visit, { chat }: WaitingTask): string {
  const words = wordsFor(visit, TODAY_TEXTS);
  return chat?.kind === 'group' ? words('today.group', { title: chat.title ?? '' }) : words('today.private-chat');
}

function answerForm(visit: Visit, task: WaitingTask, form: FormState): Html {
  const words = wordsFor(visit, TODAY_TEXTS);
  switch (task.kind) {
    case 'unknown-waste':
      return wasteForm(visit, task, form);
    case 'question':
      return wishOf(task) === null ? replyForm(visit, task, form, words('today.no-answer')) : wishForm(visit, task);
    case 'issue':
      // Erased with whoever told it: there is nobody to answer.
      if (task.text === '') return closeForm(task, words('today.dealt-with'));
      return replyForm(visit, task, form, words('today.dealt-with'));
    case 'days-to-confirm':
      return daysForm(visit, task, form);
    case 'message-failed':
      return seenForm(visit, task, words('today.failed-help'));
    case 'message-unsure':
      return seenForm(visit, task, words('today.unsure-help'));
    case 'group-gone':
      return seenForm(visit, task, words('today.group-gone-help'));
    case 'bot-loop':
      return seenForm(
        visit,
        task,
        words(task.chat?.kind === 'group' ? 'today.bot-loop-help' : 'today.bot-loop-private-help'),
      );
  }
}

function wasteForm(visit: Visit, task: WaitingTask, form: FormState): Html {
  const words = wordsFor(visit, TODAY_TEXTS);
  const names = new WasteWords(visit.content, visit.community);
  const choices = WASTE_CLASSES.map((value) => ({ value, label: names.className(value) }));
  return html`<form method="post" action="/admin/tasks/${task.id}/waste">
${choiceField(form, { name: 'class', label: words('today.waste-class'), choices })}
${textField(form, { name: 'note', label: words('today.waste-note'), hint: words('today.waste-note-hint') })}
${tickField(form, { name: 'keep', label: words('today.waste-keep') })}
<p class="hint"><a href="/admin/settings/words?said=${encodeURIComponent(task.text)}">${words('today.waste-other-name')}</a></p>
<p class="actions"><button>${words('today.waste-button')}</button></p></form>${closeForm(task, words('today.no-answer'))}`;
}

/** Whoever writes to a group is told so before and on the button. */
function replyForm(visit: Visit, task: WaitingTask, form: FormState, closeLabel: string): Html {
  const words = wordsFor(visit, TODAY_TEXTS);
  const isForGroup = task.groups.length > 0;
  const group = task.groups.join(' / ');
  const label = isForGroup ? words('today.answer-in-group', { group }) : words('today.answer');
  const hint = isForGroup ? { hint: words('today.answer-in-group-hint') } : {};
  return html`<form method="post" action="/admin/tasks/${task.id}/answer">
${longField(form, { name: 'answer', label, ...hint })}
<p class="actions"><button>${words(isForGroup ? 'today.answer-group-button' : 'today.answer-button')}</button></p></form>${closeForm(task, closeLabel)}`;
}

function wishForm(visit: Visit, task: WaitingTask): Html {
  const words = wordsFor(visit, TODAY_TEXTS);
  const label = wishOf(task)?.on === true ? words('today.wish-resume-button') : words('today.wish-stop-button');
  return html`<form method="post" action="/admin/tasks/${task.id}/tips"><p class="actions"><button>${label}</button></p></form>${closeForm(task, words('today.wish-leave'))}`;
}

function daysForm(visit: Visit, task: WaitingTask, form: FormState): Html {
  const words = wordsFor(visit, TODAY_TEXTS);
  return html`<form method="post" action="/admin/tasks/${task.id}/days">
${textField(form, { name: 'from', label: words('today.days-from'), type: 'date', isShort: true })}
${textField(form, { name: 'to', label: words('today.days-to'), type: 'date', isShort: true })}
${textField(form, { name: 'source', label: words('today.days-source'), hint: words('today.days-source-hint') })}
<p class="actions"><button>${words('today.days-button')}</button></p></form>`;
}

function seenForm(visit: Visit, task: WaitingTask, help: string): Html {
  const label = wordsFor(visit, TODAY_TEXTS)('today.seen');
  return html`<p>${help}</p><form method="post" action="/admin/tasks/${task.id}/close"><p class="actions"><button>${label}</button></p></form>`;
}

function closeForm(task: WaitingTask, label: string): Html {
  return html`<form class="aside" method="post" action="/admin/tasks/${task.id}/close"><button class="quiet">${label}</button></form>`;
}
