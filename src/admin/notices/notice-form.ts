/** The form of a notice: its words, its groups by building with a box for all of them, what it asks for. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { Html } from '../../lib/http/html.ts';
import type { Chat } from '../../model/chat.ts';
import { listGroups } from '../../store/chat-table.ts';
import { type Area, listAreas } from '../../store/community-table.ts';
import type { NoticeDraft } from '../../store/notice-table.ts';
import type { Transaction } from '../../store/store.ts';
import { type Choice, choiceField, type FormState, hiddenField, longField, textField } from '../form-fields.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Faults, optionalText, Ticked, TickedOnes, type Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { NOTICES_PAGE_TEXTS } from './notices-texts.ts';

/** What is chosen of the groups: `all`, an area with all of its groups, or single ones. */
const ALL = 'all';
const AREA = 'area:';

export const NoticeForm = z.object({
  text: optionalText(2_000),
  groups: TickedOnes,
  urgent: Ticked,
  reason: optionalText(100),
  receipt: Ticked,
  /** Of the notice it is written after. */
  picture: optionalText(64),
});

/** Groups that the bot is in, building by building. */
export interface Place {
  readonly area: Area | null;
  readonly groups: readonly Chat[];
}

export async function readPlaces(tx: Transaction, communityId: string): Promise<Place[]> {
  const groups = (await listGroups(tx, communityId)).filter(({ state }) => state === 'active');
  const areas = await listAreas(tx, communityId);
  const places = areas.map((area) => ({ area, groups: groups.filter(({ areaId }) => areaId === area.id) }));
  const elsewhere = groups.filter(({ areaId }) => areas.every(({ id }) => id !== areaId));
  return [...places, { area: null, groups: elsewhere }].filter((place) => place.groups.length > 0);
}

export function draftOf(form: z.output<typeof NoticeForm>, places: readonly Place[]): NoticeDraft {
  const chosen = new Set(form.groups);
  const isChosen = (area: Area | null, { id }: Chat) =>
    chosen.has(ALL) || chosen.has(id) || (area !== null && chosen.has(AREA + area.id));
  const chatIds = places.flatMap(({ area, groups }) =>
    groups.filter((group) => isChosen(area, group)).map(({ id }) => id),
  );
  return { text: form.text, urgentReason: form.urgent ? form.reason : null, asksReceipt: form.receipt, chatIds };
}

/** A notice as the form holds it. */
export function typedOf({ text, urgentReason, asksReceipt, chatIds }: NoticeDraft): Typed {
  return {
    text,
    groups: chatIds,
    reason: urgentReason ?? '',
    ...(urgentReason === null ? {} : { urgent: 'yes' }),
    ...(asksReceipt ? { receipt: 'yes' } : {}),
  };
}

export interface ShownForm {
  readonly path: string;
  readonly typed: Typed;
  readonly faults: Faults;
  readonly places: readonly Place[];
}

export function noticeForm(visit: Visit, { path, typed, faults, places }: ShownForm): Html {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const form: FormState = { values: typed, faults, words: wordsFor(visit, PAGE_TEXTS) };
  const tick = (name: 'urgent' | 'receipt') =>
    choiceField(form, {
      name,
      label: words(`notices.${name}`),
      hint: words(`notices.${name}-hint`),
      choices: [{ value: 'yes', label: words(`notices.${name}-tick`) }],
      many: true,
    });
  return html`<form method="post" action="/admin${path}">
${longField(form, { name: 'text', label: words('notices.text'), hint: words('notices.text-hint'), rows: 6 })}
${hiddenPicture(typed)}${groupFields(visit, form, places)}
${tick('receipt')}${tick('urgent')}
${textField(form, { name: 'reason', label: words('notices.reason') })}
<p class="actions"><button>${words('notices.to-preview')}</button></p></form>`;
}

function hiddenPicture({ picture }: Typed): Html | '' {
  return typeof picture === 'string' && picture !== '' ? hiddenField('picture', picture) : '';
}

function groupFields(visit: Visit, form: FormState, places: readonly Place[]): Html {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const count = places.reduce((sum, { groups }) => sum + groups.length, 0);
  const all = { value: ALL, label: words('notices.groups-all', { count }) };
  const [only] = places;
  // With one place there is nothing to sort by.
  if (only !== undefined && places.length === 1) {
    const choices = count > 1 ? [all, ...choicesOf(visit, only.groups)] : choicesOf(visit, only.groups);
    return choiceField(form, { name: 'groups', label: words('notices.groups'), choices, many: true });
  }
  const { groups: _, ...otherFaults } = form.faults;
  const within: FormState = { ...form, faults: otherFaults };
  return html`${choiceField(form, { name: 'groups', label: words('notices.groups'), choices: [all], many: true })}
<div class="places">${places.map(({ area, groups }) => placeField(visit, within, { area, groups }))}</div>`;
}

function placeField(visit: Visit, form: FormState, { area, groups }: Place): Html {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const whole =
    area === null || groups.length === 1
      ? []
      : [{ value: AREA + area.id, label: words('notices.groups-area', { count: groups.length }) }];
  const label = area === null ? words('notices.groups-elsewhere') : areaWords(visit, area);
  return choiceField(form, { name: 'groups', label, choices: [...whole, ...choicesOf(visit, groups)], many: true });
}

function choicesOf(visit: Visit, groups: readonly Chat[]): Choice[] {
  const untitled = wordsFor(visit, NOTICES_PAGE_TEXTS)('notices.untitled');
  return groups.map(({ id, title }) => ({ value: id, label: title ?? untitled }));
}

function areaWords(visit: Visit, { kind, name }: Area): string {
  const isNumbered = kind === 'building' && /^[0-9A-Za-z]+$/.test(name);
  return isNumbered ? wordsFor(visit, NOTICES_PAGE_TEXTS)('notices.building', { name }) : name;
}
