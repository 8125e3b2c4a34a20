/** What belongs to the computer the bot runs on: under which address it is found, and who may open it. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { Html } from '../../lib/http/html.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { formAction, page } from '../admin-route.ts';
import { type Choice, type FormState, selectField, textField } from '../form-fields.ts';
import type { MachineField, MachineSetting } from '../machine-desk.ts';
import { goTo, showPage } from '../page-answer.ts';
import { type Faults, optionalText, readForm, type Typed } from '../posted-form.ts';
import { actOf, type Visit, wordsFor } from '../visit.ts';
import { contentTrouble } from './content-trouble.ts';
import { MACHINE_TEXTS } from './machine-texts.ts';
import { backToSettings, settingsForm, stateOf, statusOf } from './settings-form.ts';

const PATH = '/settings/machine';

export const MACHINE_ROUTES = [
  page(PATH, 'admin', (visit) => show(visit, null, {})),
  formAction(PATH, 'admin', save),
] as const;

type Settings = Readonly<Record<MachineField, MachineSetting>>;

// As long as a browser takes an address (Chromium: 2 MB) would be no address to print on a door.
const LONGEST_URL = 200;

const typedOnce = (longest: number) => optionalText(longest).transform((text) => text.normalize('NFKC'));
const MachineForm = z.object({
  publicUrl: typedOnce(LONGEST_URL).transform(withScheme),
  host: typedOnce(100),
  port: typedOnce(10),
});

/** People write addresses as they say them. */
function withScheme(address: string): string {
  return /^[\w.-]+(:\d+)?\/?$/.test(address) ? `http://${address}` : address;
}

const FAULTS = {
  publicUrl: 'fault.not-a-web-address',
  host: 'fault.not-offered',
  port: 'fault.not-a-port',
} as const;

async function save(visit: Visit): Promise<Response> {
  const { parts, now } = visit;
  const form = readForm(visit.form, MachineForm);
  if (!form.ok) return show(visit, form.typed, form.faults);
  const before = await parts.machine.read();
  if (before === null) return show(visit, form.value, {});
  const wrong = await parts.machine.save(form.value);
  if (wrong.length > 0) {
    return show(visit, visit.form.fields, Object.fromEntries(wrong.map((field) => [field, FAULTS[field]])));
  }
  const { communityId, staffId } = actOf(visit);
  await parts.store.write((tx) => appendAudit(tx, { communityId, staffId, action: 'settings.machine', at: now }));
  return goTo(visit, PATH, { key: 'machine.saved' });
}

/** `typed`: to be shown again; `null`: as it is kept. */
async function show(visit: Visit, typed: Typed | null, faults: Faults): Promise<Response> {
  const words = wordsFor(visit, MACHINE_TEXTS);
  const { machine } = visit.parts;
  const settings = await machine.read();
  const body =
    settings === null
      ? html`<p class="fault">${words('machine.unreadable', { file: machine.file })}</p>`
      : formOf(visit, settings, typed ?? keptValues(settings), faults);
  return showPage(visit, {
    title: words('machine.title'),
    section: 'settings',
    back: backToSettings(visit),
    body: html`${contentTrouble(visit)}${body}`,
    status: settings === null ? 422 : statusOf(faults),
  });
}

function keptValues({ publicUrl, host, port }: Settings): Typed {
  return { publicUrl: publicUrl.saved, host: host.saved || host.usual, port: port.saved || port.usual };
}

function formOf(visit: Visit, settings: Settings, typed: Typed, faults: Faults): Html {
  const words = wordsFor(visit, MACHINE_TEXTS);
  const state = stateOf(visit, typed, faults);
  const fields = [
    fixedOr(visit, settings, 'host', () => hostField(visit, state, settings.host)),
    fixedOr(visit, settings, 'publicUrl', () => addressField(visit, state)),
    fixedOr(visit, settings, 'port', () => {
      const hint = words('machine.port-hint', { port: settings.port.usual });
      return textField(state, { name: 'port', label: words('machine.port'), type: 'number', isShort: true, hint });
    }),
    html`<p class="hint">${words('machine.next-start')}</p>`,
  ];
  return html`${pending(visit, settings)}${settingsForm(visit, { path: PATH, role: 'admin', fields })}`;
}

function addressField(visit: Visit, state: FormState): Html {
  const words = wordsFor(visit, MACHINE_TEXTS);
  const nearby = visit.parts.machine.nearbyUrls();
  const hint = words('machine.public-url-hint', { url: visit.parts.machine.publicUrl() });
  const more = nearby.length === 0 ? '' : words('machine.public-url-nearby', { urls: nearby.join(' ') });
  return textField(state, { name: 'publicUrl', label: words('machine.public-url'), hint: `${hint}${more}` });
}

const ALONE = '127.0.0.1';
const NETWORK = '0.0.0.0';

function hostField(visit: Visit, state: FormState, { saved }: MachineSetting): Html {
  const words = wordsFor(visit, MACHINE_TEXTS);
  const choices: Choice[] = [ALONE, NETWORK].map((value) => ({ value, label: hostWords(visit, value) }));
  const isOther = saved !== '' && choices.every(({ value }) => value !== saved);
  return selectField(state, {
    name: 'host',
    label: words('machine.host'),
    hint: words('machine.host-hint'),
    choices: isOther ? [...choices, { value: saved, label: words('machine.host-other', { host: saved }) }] : choices,
  });
}

function hostWords(visit: Visit, host: string): string {
  const words = wordsFor(visit, MACHINE_TEXTS);
  if (host === ALONE) return words('machine.host-alone');
  return host === NETWORK ? words('machine.host-network') : host;
}

const LABELS = { publicUrl: 'machine.public-url', host: 'machine.host', port: 'machine.port' } as const;

/** What a variable says cannot be changed here: it would only seem to be. */
function fixedOr(visit: Visit, settings: Settings, field: MachineField, control: () => Html): Html {
  const { fixedBy, running } = settings[field];
  if (fixedBy === null) return control();
  const words = wordsFor(visit, MACHINE_TEXTS);
  return html`<div class="field"><p><strong>${words(LABELS[field])}</strong></p><p>${running}</p>
<p class="hint">${words('machine.fixed', { variable: fixedBy })}</p></div>`;
}

/** What was set and waits for the next start. */
function pending(visit: Visit, settings: Settings): Html | '' {
  const words = wordsFor(visit, MACHINE_TEXTS);
  const waiting = (['host', 'port'] as const).filter((field) => {
    const { saved, usual, running, fixedBy } = settings[field];
    return fixedBy === null && (saved || usual) !== running;
  });
  if (waiting.length === 0) return '';
  const line = (field: MachineField) => {
    const { saved, usual, running } = settings[field];
    const [now, next] = [running, saved || usual].map((value) => hostWords(visit, value));
    return words('machine.differs', { label: words(LABELS[field]), running: now ?? '', saved: next ?? '' });
  };
  return html`<ul>${waiting.map((field) => html`<li>${line(field)}</li>`)}</ul>`;
}
