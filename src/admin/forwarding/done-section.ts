/** What was forwarded today, by whom and when: at the end of the page, for whoever wonders. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { cutGraphemes } from '../../lib/text.ts';
import { instantOf, localDate } from '../../lib/zoned-time.ts';
import type { Chat } from '../../model/chat.ts';
import { listGroups } from '../../store/chat-table.ts';
import { type DoneByHand, listDoneByHand } from '../../store/forwarding-table.ts';
import { hiddenField } from '../form-fields.ts';
import { timeWords } from '../local-words.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { FORWARDING_TEXTS } from './forwarding-texts.ts';
import { HELD_BACK } from './owner-service.ts';
import { REASONS, UNDO_MS } from './queue-service.ts';

const MOST = 30;
const FIRST_WORDS = 20;

export async function doneSection(visit: Visit): Promise<Html | ''> {
  const { parts, community, now } = visit;
  const { zone } = community.settings;
  const since = instantOf(localDate(now, zone), '00:00', zone);
  const { done, groups } = await parts.store.read(async (tx) => ({
    done: await listDoneByHand(tx, community.id, { since, limit: MOST }),
    groups: await listGroups(tx, community.id),
  }));
  if (done.length === 0) return '';
  const words = wordsFor(visit, FORWARDING_TEXTS);
  return html`<section><h2>${words('forward.done-title')}</h2><ul class="rows">${done.map((one) => row(visit, one, groups))}</ul></section>`;
}

function row(visit: Visit, one: DoneByHand, groups: readonly Chat[]): Html {
  const words = wordsFor(visit, FORWARDING_TEXTS);
  const group = groups.find(({ id }) => id === one.message.chatId);
  const [line = ''] = one.message.message.text.split('\n');
  return html`<li class="split"><span>${group?.title ?? words('forward.untitled')} <span class="hint">${cutGraphemes(line, FIRST_WORDS)}</span><br><span class="hint">${doneWords(visit, one)}</span></span>${undoButton(visit, one)}</li>`;
}

/** For as long as it can be had back, by whoever did it; what was done in one go comes back in one go. */
function undoButton(visit: Visit, { staffId, at }: DoneByHand): Html | '' {
  const { staff, now } = visit;
  if (staffId !== staff.id || now.getTime() - at.getTime() > UNDO_MS) return '';
  const label = wordsFor(visit, PAGE_TEXTS)('page.undo');
  return html`<form method="post" action="/admin/forwarding/undo">${hiddenField('at', String(at.getTime()))}<button class="quiet">${label}</button></form>`;
}

function doneWords(visit: Visit, { isSent, staffName, byOwner, reason, at }: DoneByHand): string {
  const words = wordsFor(visit, FORWARDING_TEXTS);
  const when = timeWords(at, visit.community);
  const who = staffName ?? words('forward.nobody');
  if (byOwner) return words('forward.done-by-owner', { when });
  return isSent
    ? words('forward.done-sent', { when, who })
    : words('forward.done-refused', { when, who, why: reasonWords(visit, reason) });
}

/** Why it was not forwarded, in words. */
export function reasonWords(visit: Visit, reason: string | null): string {
  const known = [...REASONS, HELD_BACK].find((one) => one === reason) ?? 'other';
  return wordsFor(visit, FORWARDING_TEXTS)(`forward.why-${known}`);
}
