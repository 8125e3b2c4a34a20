/** Takes a notice back out of one group or all of them: platforms are asked between two transactions, never within. */
import { z } from 'zod';
import { endRecall, noteRecalled, recallChances, stopTheRest } from '../../features/notices/recall-service.ts';
import { findNotice } from '../../store/notice-table.ts';
import type { Recallable } from '../../store/recall-receipt-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { Flash } from '../flash.ts';
import { goTo, showNothingThere } from '../page-answer.ts';
import { readForm } from '../posted-form.ts';
import { actOf, type Visit } from '../visit.ts';
import { ALL_GROUPS } from './notice-recall.ts';

const RecallForm = z.object({ group: z.string().default('') });

// A person waits for the page; what is left then is offered once more.
const LONGEST_MS = 20_000;

interface Taken {
  readonly recalled: number;
  readonly failed: number;
  /** Not come to. */
  readonly left: number;
}

export async function recall(visit: Visit): Promise<Response> {
  const { parts, community, context } = visit;
  const id = context.req.param('id') ?? '';
  const form = readForm(visit.form, RecallForm);
  const group = form.ok ? form.value.group : '';
  const wanted = await parts.store.read((tx) => readWanted(tx, visit, id, group));
  if (wanted === null) return showNothingThere(visit);
  const act = actOf(visit);
  const pulled =
    group === ALL_GROUPS && wanted.length > 0 ? await parts.store.write((tx) => stopTheRest(tx, id, act)) : 0;
  const taken = await takeOut(visit, wanted);
  if (wanted.length > 0) {
    const { recalled, failed } = taken;
    await parts.commit(community.id, 'notices', async (tx) => ({
      result: await endRecall(tx, id, { recalled, failed, pulled }, act),
    }));
  }
  return goTo(visit, `/notices/${id}`, flashOf(taken, pulled));
}

async function readWanted(tx: Transaction, visit: Visit, id: string, group: string): Promise<Recallable[] | null> {
  const { community, parts, now } = visit;
  const notice = await findNotice(tx, community.id, id);
  if (notice === null) return null;
  const chances = await recallChances(tx, id, parts.recall.within, now);
  const messages = chances.map(({ message }) => message);
  return group === ALL_GROUPS ? messages : messages.filter(({ chatId }) => chatId === group);
}

/** Written down one by one: whatever happens meanwhile, what is gone is known to be gone. */
async function takeOut({ parts }: Visit, wanted: readonly Recallable[]): Promise<Taken> {
  const began = performance.now();
  let recalled = 0;
  let failed = 0;
  for (const message of wanted) {
    if (performance.now() - began > LONGEST_MS) break;
    const isGone = await parts.recall.take(message);
    if (isGone) await parts.store.write((tx) => noteRecalled(tx, message));
    if (isGone) recalled += 1;
    else failed += 1;
  }
  return { recalled, failed, left: wanted.length - recalled - failed };
}

function flashOf({ recalled, failed, left }: Taken, pulled: number): Flash {
  if (recalled + failed === 0) return { key: 'notices.recall-too-late', isTrouble: true };
  if (left > 0) return { key: 'notices.recall-more', variables: { recalled, left: left + failed }, isTrouble: true };
  if (failed > 0) return { key: 'notices.recall-partly', variables: { recalled, failed }, isTrouble: true };
  return pulled > 0
    ? { key: 'notices.recalled-and-pulled', variables: { recalled, pulled } }
    : { key: 'notices.recalled', variables: { recalled } };
}
