/** A list from a group where the bot cannot hear: pasted whole, as often as somebody likes. */
import { z } from 'zod';
import type { HeardCounts, PastedChain } from '../../features/chains/chains-service.ts';
import type { Flash } from '../flash.ts';
import { goTo, showNothingThere } from '../page-answer.ts';
import { readForm, requiredText } from '../posted-form.ts';
import type { Visit } from '../visit.ts';
import { commitChain, officeOf } from './chain-office.ts';
import { readTarget } from './chain-target.ts';
import { showChains } from './chains-page.ts';
import { NOT_SAID } from './paste-form.ts';

const LONGEST_PASTE = 40_000;

const PasteForm = z.object({
  pasted: requiredText(LONGEST_PASTE),
  chatId: z.string().default(NOT_SAID),
  target: z.string().default(NOT_SAID),
});

export async function pasteChain(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, PasteForm);
  if (!form.ok) return showChains(visit, { paste: form });
  const { pasted: text, chatId, target: typed } = form.value;
  const target = readTarget(typed);
  return takeInChain(visit, {
    text,
    chatId: chatId === NOT_SAID ? null : chatId,
    ...(target === null ? {} : { target }),
  });
}

/** Then it is shown as it was understood, with what is doubtful on top. */
export async function takeInChain(visit: Visit, pasted: PastedChain): Promise<Response> {
  const result = await commitChain(visit, (tx) => visit.parts.chains.hearPasted(tx, officeOf(visit), pasted));
  if (result.ok) return goTo(visit, `/chains/${result.heard.chainId}`, heardFlash(result.heard));
  if (result.why === 'no-chat') return showNothingThere(visit);
  const faults = result.why === 'no-target' ? NOT_OPEN : NO_CHAIN;
  return showChains(visit, { paste: { typed: visit.form.fields, faults } });
}

const NOT_OPEN = { target: 'fault.chain-target' } as const;
const NO_CHAIN = { pasted: 'fault.no-chain' } as const;

function heardFlash({ isMoved, added, changed, removed, doubts }: HeardCounts): Flash {
  if (isMoved) return { key: 'chain-paste.moved', variables: { added, doubts } };
  if (added + changed + removed === 0 && doubts === 0) return { key: 'chain-paste.nothing-new' };
  if (changed + removed > 0) return { key: 'chain-paste.heard', variables: { added, changed, removed, doubts } };
  if (doubts > 0) return { key: 'chain-paste.heard-doubts', variables: { added, doubts } };
  return { key: 'chain-paste.heard-all', variables: { added } };
}
