/** Signs up those of a pasted #接龙 that the worker ticked; whoever cannot be is kept as a task. */
import { z } from 'zod';
import { addAtDesk, type DeskResult } from '../../features/volunteering/attendance-service.ts';
import { maskSensitive } from '../../lib/phone.ts';
import type { ChainEntry } from '../../model/understanding.ts';
import type { Effects } from '../../runtime/feature.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { markHandled } from '../../store/inbox-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { Flash } from '../flash.ts';
import { goTo, showNothingThere } from '../page-answer.ts';
import { readForm, requiredText, TickedOnes } from '../posted-form.ts';
import { actOf, type Visit } from '../visit.ts';
import { openShifts, type PastedChain } from './chain-page.ts';
import { groupsByHand } from './paste-section.ts';
import { keepAsTask, readPasted } from './paste-service.ts';

const LONGEST_PASTE = 40_000;
const ChainForm = z.object({
  chatId: z.string().default(''),
  pasteId: z.uuid(),
  pasted: requiredText(LONGEST_PASTE),
  shift: z.string().default(''),
  take: TickedOnes,
});

export async function signUpChain(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, ChainForm);
  if (!form.ok) return goTo(visit, '/forwarding');
  const { chatId, pasteId, pasted: text, shift: shiftId, take } = form.value;
  const chat = (await groupsByHand(visit)).find(({ id }) => id === chatId);
  const shift = (await openShifts(visit)).find(({ id }) => id === shiftId);
  if (chat === undefined || (shift === undefined && shiftId !== '')) return showNothingThere(visit);
  const { slots } = await readPasted(visit.parts, chat, text, visit.now);
  // Read anew from the same words: what is ticked is what was shown.
  const entries = (slots.entries ?? []).map((entry, at) => ({ ...entry, isTaken: take.includes(String(at)) }));
  const chain: TickedChain = { chat, pasteId, text, shiftId: shift?.id ?? null, entries };
  const told = await visit.parts.commit(visit.community.id, 'volunteering', (tx) => signUpAll(tx, visit, chain));
  return goTo(visit, '/forwarding', told);
}

interface TickedChain extends PastedChain {
  /** `null`: for none of ours; the list itself is kept. */
  readonly shiftId: string | null;
  readonly entries: readonly (ChainEntry & { readonly isTaken: boolean })[];
}

async function signUpAll(
  tx: Transaction,
  visit: Visit,
  chain: TickedChain,
): Promise<{ readonly result: Flash; readonly effects?: Effects }> {
  const { chat, pasteId, shiftId, entries } = chain;
  const act = actOf(visit);
  const { communityId, staffId, now } = act;
  const message = { channel: chat.channel, account: chat.account, messageId: pasteId };
  if (!(await markHandled(tx, message, communityId, now))) return { result: { key: 'paste.before' } };
  await appendAudit(tx, { communityId, staffId, action: 'paste.chain', subjectId: chat.id, at: now });
  if (shiftId === null) {
    await keepAsTask(tx, chat, chain.text, act);
    return { result: { key: 'chain.kept' } };
  }
  const { counts, left, effects } = await addEach(tx, visit, shiftId, entries);
  if (left.length > 0) await keepAsTask(tx, chat, left.join('\n'), act);
  const result =
    left.length === 0
      ? { key: 'chain.done', variables: counts }
      : { key: 'chain.done-partly', variables: { ...counts, left: left.length } };
  return { result, effects };
}

async function addEach(tx: Transaction, visit: Visit, shiftId: string, entries: TickedChain['entries']) {
  const { community, staff, now } = visit;
  const counts = { joined: 0, waiting: 0, before: 0 };
  const left: string[] = [];
  const messages: Effects['messages'][number][] = [];
  const askOthers: NonNullable<Effects['askOthers']>[number][] = [];
  for (const { isTaken, name, party = 1, phone, note, number } of entries) {
    if (!isTaken) continue;
    const draft = { name: name ?? '', party, phone };
    const added = await addAtDesk(tx, shiftId, draft, { community, staffId: staff.id, now }, 'import');
    if (!added.ok) {
      left.push(
        [number, name, maskSensitive(note ?? '')].filter((part) => part !== undefined && part !== '').join(' '),
      );
      continue;
    }
    counts[kindOf(added)] += 1;
    messages.push(...added.effects.messages);
    askOthers.push(...(added.effects.askOthers ?? []));
  }
  return { counts, left, effects: { messages, askOthers } };
}

function kindOf({ change }: Extract<DeskResult, { ok: true }>): 'joined' | 'waiting' | 'before' {
  switch (change) {
    case 'joined':
      return 'joined';
    case 'waiting':
    case 'still-waiting':
      return 'waiting';
    case 'already':
    case 'party-changed':
      return 'before';
  }
}
