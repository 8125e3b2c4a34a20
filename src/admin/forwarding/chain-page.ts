/** A pasted #接龙 as it was read, phones masked: the worker ticks who is to be signed up for what. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { maskPhone, maskSensitive } from '../../lib/phone.ts';
import type { Shift } from '../../model/activity.ts';
import type { Chat } from '../../model/chat.ts';
import type { ChainEntry, Slots } from '../../model/understanding.ts';
import { listShiftsFrom } from '../../store/activity-table.ts';
import { whenWords } from '../activities/shift-line.ts';
import { type FormState, hiddenField, selectField } from '../form-fields.ts';
import { showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { likeliestShift } from './chain-rules.ts';
import { FORWARDING_TEXTS, PASTE_TEXTS } from './forwarding-texts.ts';

export interface PastedChain {
  readonly chat: Chat;
  readonly pasteId: string;
  readonly text: string;
}

// More than anybody scrolls through on a phone.
const MOST_SHIFTS = 50;

export async function showChain(visit: Visit, chain: PastedChain, { theme, entries = [] }: Slots): Promise<Response> {
  const words = wordsFor(visit, PASTE_TEXTS);
  const shifts = await openShifts(visit);
  const people = entries.reduce((sum, { party }) => sum + (party ?? 1), 0);
  const state: FormState = {
    values: { shift: likeliestShift(shifts, theme ?? '')?.id ?? '' },
    faults: {},
    words: wordsFor(visit, PAGE_TEXTS),
  };
  const choices = shifts.map((shift) => ({ value: shift.id, label: `${shift.title} ${whenWords(visit, shift)}` }));
  const nothing = { value: '', label: words('chain.for-nothing') };
  const body = html`${theme === undefined ? '' : html`<p class="lead">${words('chain.theme', { theme: maskSensitive(theme) })}</p>`}
<p>${words('chain.count', { entries: entries.length, people })}</p>
<form method="post" action="/admin/forwarding/chain">${hiddenField('chatId', chain.chat.id)}${hiddenField('pasteId', chain.pasteId)}${hiddenField('pasted', chain.text)}
<ul class="rows chain">${entries.map((entry, at) => row(visit, entry, at))}</ul>
<div class="aside">${selectField(state, { name: 'shift', label: words('chain.for'), choices: [...choices, nothing] })}</div>
<p class="hint">${words('chain.help')}</p><p class="actions"><button>${words('chain.button')}</button></p></form>`;
  const back = { path: '/forwarding', label: wordsFor(visit, FORWARDING_TEXTS)('forward.title') };
  return showPage(visit, { title: words('chain.title'), section: 'forwarding', back, body });
}

export async function openShifts({ parts, community, now }: Visit): Promise<Shift[]> {
  const shifts = await parts.store.read((tx) => listShiftsFrom(tx, community.id, now, MOST_SHIFTS));
  return shifts.filter(({ state, startsAt }) => state === 'open' && startsAt > now);
}

/** Who bears no name cannot be signed up and is not ticked: the worker looks. */
function row(visit: Visit, entry: ChainEntry, at: number): Html {
  const words = wordsFor(visit, PASTE_TEXTS);
  const name = entry.name ?? words('chain.no-name');
  const ticked = entry.name === undefined ? '' : 'checked';
  const more = [
    html`${words('chain.party')} ${entry.party ?? 1}`,
    ...(entry.household === undefined ? [] : [html`${words('chain.place')} ${placeOf(visit, entry)}`]),
    ...(entry.phone === undefined ? [] : [html`${words('chain.phone')} ${maskPhone(entry.phone)}`]),
    ...(entry.note === undefined ? [] : [html`${words('chain.note')} ${maskSensitive(entry.note)}`]),
  ];
  return html`<li><label class="choice"><input type="checkbox" name="take" value="${at}" ${ticked}> ${entry.number ?? at + 1}. ${maskSensitive(name)}</label> <span class="hint">${more.map((one, n) => html`${n === 0 ? '' : ' · '}${one}`)}</span></li>`;
}

function placeOf(visit: Visit, { household }: ChainEntry): string {
  const { building = '', unit, room } = household ?? {};
  const words = wordsFor(visit, PASTE_TEXTS);
  return [words('chain.building', { name: building }), unit, room].filter((part) => part !== undefined).join('-');
}
