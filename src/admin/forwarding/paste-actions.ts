/** What was pasted: handed in message by message, or, a whole #接龙, shown as it was read before anybody is signed up. */
import { z } from 'zod';
import type { Chat } from '../../model/chat.ts';
import { listToForward } from '../../store/forwarding-table.ts';
import { takeInChain } from '../chains/paste-chain.ts';
import type { Flash } from '../flash.ts';
import { goTo, showNothingThere } from '../page-answer.ts';
import { optionalText, readForm, requiredText } from '../posted-form.ts';
import { actOf, type Visit } from '../visit.ts';
import { takeApart, withoutAccount } from './paste-rules.ts';
import { groupsByHand } from './paste-section.ts';
import { type HandedIn, handIn, readPasted } from './paste-service.ts';
import { showQueue } from './queue-page.ts';

const LONGEST_PASTE = 40_000;
const PasteForm = z.object({
  chatId: z.string().default(''),
  pasteId: z.uuid(),
  pasted: requiredText(LONGEST_PASTE),
  who: optionalText(30),
});

export async function paste(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, PasteForm);
  if (!form.ok) return showQueue(visit, form);
  const { chatId, pasteId, pasted, who } = form.value;
  const chat = (await groupsByHand(visit)).find(({ id }) => id === chatId);
  if (chat === undefined) return showNothingThere(visit);
  const text = withoutAccount(pasted);
  const { intent, slots } = await readPasted(visit.parts, chat, text, visit.now);
  if (intent === 'chain' && (slots.entries ?? []).length > 0) return takeInChain(visit, { chatId: chat.id, text });
  return handInAll(visit, chat, { pasteId, text, who });
}

interface Given {
  readonly pasteId: string;
  readonly text: string;
  readonly who: string;
}

/** In the order they were said. A name that was typed holds for what bears none. */
async function handInAll(visit: Visit, chat: Chat, { pasteId, text, who }: Given): Promise<Response> {
  const before = await countWaiting(visit, chat);
  const done: HandedIn[] = [];
  for (const [place, said] of takeApart(text).entries()) {
    const name = said.name ?? (who === '' ? null : who);
    done.push(await handIn(visit.parts, { chat, pasteId }, { ...said, name, place }, actOf(visit)));
  }
  const answers = (await countWaiting(visit, chat)) - before;
  return goTo(visit, '/forwarding', toldAbout(done, answers));
}

/** By the clock as it is now: an answer is due a moment after the page was asked for. */
async function countWaiting({ parts, community }: Visit, chat: Chat): Promise<number> {
  const queue = await parts.store.read((tx) => listToForward(tx, community.id, parts.clock.now()));
  return queue.filter(({ chatId }) => chatId === chat.id).length;
}

function toldAbout(done: readonly HandedIn[], answers: number): Flash {
  const count = (what: HandedIn) => done.filter((one) => one === what).length;
  const [heard, kept] = [count('heard'), count('kept')];
  if (heard > 0 && kept > 0) return { key: 'paste.heard-and-kept', variables: { heard, answers, kept } };
  if (heard > 0 && answers === 0) return { key: 'paste.no-answer', variables: { count: heard } };
  if (heard > 0) return { key: 'paste.heard', variables: { count: heard, answers } };
  return kept > 0 ? { key: 'paste.kept', variables: { count: kept } } : { key: 'paste.before' };
}
