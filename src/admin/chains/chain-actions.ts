/** What a worker does about a list: answers a doubt, says what it is about, takes an entry off or puts it back. */
import { z } from 'zod';
import type { ChainResult, DoubtAnswer } from '../../features/chains/chains-service.ts';
import type { ChainTarget } from '../../model/chain.ts';
import type { Flash } from '../flash.ts';
import { goTo, showNothingThere } from '../page-answer.ts';
import { readForm, requiredText } from '../posted-form.ts';
import type { Visit } from '../visit.ts';
import { commitChain, officeOf } from './chain-office.ts';
import { NONE_OF_OURS, readTarget } from './chain-target.ts';
import { showChains } from './chains-page.ts';

// As long as anybody writes into one line of a list.
const LONGEST_LINE = 200;

const Target = z.string().transform((value, context): ChainTarget => {
  const target = readTarget(value);
  if (target !== null) return target;
  context.addIssue({ code: 'custom', message: 'fault.not-offered' });
  return z.NEVER;
});

const AnswerForm = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('yes') }),
  z.object({ answer: z.literal('no') }),
  z.object({ answer: z.literal('target'), target: Target }),
  z.object({ answer: z.literal('change'), line: requiredText(LONGEST_LINE) }),
]);

/** The next doubt is at the top of the same page: one key after another clears them all. */
export async function answerDoubt(visit: Visit): Promise<Response> {
  const doubtId = visit.context.req.param('doubt') ?? '';
  const form = readForm(visit.form, AnswerForm);
  if (!form.ok) return showChains(visit, { change: { doubtId, typed: form.typed, faults: form.faults } });
  const answer: DoubtAnswer = form.value;
  const result = await commitChain(visit, (tx) => visit.parts.chains.answer(tx, officeOf(visit), doubtId, answer));
  if (result.ok) return goTo(visit, '/chains#doubts', await answeredFlash(visit));
  if (result.why === 'not-readable') {
    const refused = { doubtId, typed: visit.form.fields, faults: { line: 'fault.not-understood' } } as const;
    return showChains(visit, { change: refused });
  }
  return goTo(visit, '/chains', { key: FAULTS[result.why], isTrouble: true });
}

const FAULTS = {
  gone: 'doubt.answered-before',
  'no-target': 'doubt.no-target',
  begun: 'doubt.begun',
  'not-readable': 'doubt.not-readable',
} as const satisfies Record<Extract<ChainResult, { ok: false }>['why'], string>;

async function answeredFlash({ parts, community }: Visit): Promise<Flash> {
  const left = await parts.store.read((tx) => parts.chains.countDoubts(tx, community));
  return left === 0 ? { key: 'doubt.answered-all' } : { key: 'doubt.answered', variables: { left } };
}

export async function sayAbout(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, z.object({ target: z.string() }));
  if (!form.ok) return showNothingThere(visit);
  const target = form.value.target === NONE_OF_OURS ? null : readTarget(form.value.target);
  if (target === null && form.value.target !== NONE_OF_OURS) return showNothingThere(visit);
  const result = await commitChain(visit, (tx) =>
    visit.parts.chains.assign(tx, officeOf(visit), chainOf(visit), target),
  );
  return after(visit, result, { key: 'chains.assigned' });
}

export async function takeOff(visit: Visit): Promise<Response> {
  const result = await commitChain(visit, (tx) => visit.parts.chains.withdraw(tx, officeOf(visit), entryOf(visit)));
  const undo = { path: `/admin/chains/${chainOf(visit)}/entries/${entryOf(visit)}/put-back`, fields: {} };
  return after(visit, result, { key: 'chains.taken-off', undo });
}

export async function putBack(visit: Visit): Promise<Response> {
  const result = await commitChain(visit, (tx) => visit.parts.chains.restore(tx, officeOf(visit), entryOf(visit)));
  return after(visit, result, { key: 'chains.was-put-back' });
}

function after(visit: Visit, result: ChainResult, done: Flash): Response {
  if (result.ok) return goTo(visit, `/chains/${result.chainId}`, done);
  return goTo(visit, '/chains', { key: FAULTS[result.why], isTrouble: true });
}

function chainOf({ context }: Visit): string {
  return context.req.param('id') ?? '';
}

function entryOf({ context }: Visit): string {
  return context.req.param('entry') ?? '';
}
