/** The pledge form's door: shown, checked, said to the bot, and its question about the yes answered by the ticked box. */
import type { Context, Hono } from 'hono';
import type { WebMessage } from '../../model/web-message.ts';
import { newClientId } from './bubble.ts';
import { entranceOf } from './entrance.ts';
import { EMPTY_FORM, type FilledForm, type FormStatus, type FormValues } from './form-values.ts';
import { pledgeSaid, readPledgeForm } from './pledge-form.ts';
import { pledgePage } from './pledge-page.ts';
import { privately, type ResidentsEnv } from './resident-visit.ts';
import { takeForm } from './sent-form.ts';
import { rememberVisitor } from './visitor.ts';
import { history, type SayResult, sayAndWait, type WebDesk } from './web-desk.ts';

export function addPledgeForm(routes: Hono<ResidentsEnv>, desk: WebDesk): void {
  routes.get('/:community/pledge', (c) => beginForm(desk, c));
  routes.post('/:community/pledge', (c) => takePledge(desk, c));
}

type Ctx = Context<ResidentsEnv>;

/** Whoever came in by a building's entrance finds its number filled in. */
async function beginForm(desk: WebDesk, c: Ctx): Promise<Response> {
  const building = (await entranceOf(desk, c))?.building ?? null;
  const values: FormValues = building === null ? EMPTY_FORM : new Map([['building', [building]]]);
  return showForm(desk, c, { values, clientId: newClientId() }, 200);
}

function takePledge(desk: WebDesk, c: Ctx): Promise<Response> {
  const { community, words } = c.var;
  const groups = desk.habits(community.locale);
  return takeForm(desk, c, {
    read: async (values) => readPledgeForm(values, groups),
    say: async ({ form }, { address, door, clientId }) => {
      const spoken = { clientId, ...pledgeSaid(form, groups, words, community.locale, door) };
      const first = await sayAndWait(desk, privately(community, address, spoken, door));
      return first.ok && (await asksForYes(desk, first.message)) ? sayYes(desk, c, address, clientId) : first;
    },
    show: (filled, status) => showForm(desk, c, filled, status),
  });
}

/** The bot asks unless the household needs no yes any more; its question is the one that offers choices. */
async function asksForYes(desk: WebDesk, said: WebMessage): Promise<boolean> {
  const messages = await history(desk, said);
  const answer = messages.at(-1);
  return answer !== undefined && answer.senderAddress === null && (answer.message.choices ?? []).length > 0;
}

function sayYes(desk: WebDesk, c: Ctx, address: string, clientId: string): Promise<SayResult> {
  const { community, words } = c.var;
  const text = words('residents-page.said-yes');
  const understood = { intent: 'confirm', slots: { yes: true } } as const;
  return sayAndWait(desk, privately(community, address, { clientId: `${clientId}-yes`, text, understood }, null));
}

function showForm(desk: WebDesk, c: Ctx, filled: FilledForm, status: FormStatus): Response | Promise<Response> {
  const { community, words } = c.var;
  rememberVisitor(c, desk);
  const page = pledgePage({
    community,
    words,
    files: desk.files,
    groups: desk.habits(community.locale),
    notice: desk.privacyNotice(community),
    clientId: filled.clientId,
    values: filled.values,
    errors: filled.errors ?? {},
    trouble: filled.trouble ?? null,
  });
  return c.html(page, status);
}
