/** Teaches the bot a word of the community, and lets it forget one; both hold from the next message on. */
import { z } from 'zod';
import { forgetRule } from '../../features/waste-guide/waste-guide-service.ts';
import { OWN_WORD_KINDS } from '../../model/own-word.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { deleteOwnWord, listOwnWords, MOST_OWN_WORDS, putOwnWord } from '../../store/own-word-table.ts';
import { action, formAction } from '../admin-route.ts';
import { goTo } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Faults, oneOf, readForm, requiredText, type Typed } from '../posted-form.ts';
import { actOf, type Visit, wordsFor } from '../visit.ts';
import { meaningWords, readingOf } from './tried-words.ts';
import { findMeaning } from './word-meanings.ts';
import { WORDS_TEXTS } from './words-texts.ts';

export const WORDS_PATH = '/settings/words';
const LONGEST = 20;
// One character stands in too many words to mean anything by itself.
const SHORTEST = 2;

/** What is shown in the form, and what is wrong with it in words of its own. */
export interface TypedWord {
  readonly typed: Typed;
  readonly faults: Faults;
  readonly refusal?: string;
}

type Show = (visit: Visit, word: TypedWord) => Promise<Response>;

export function wordRoutes(show: Show) {
  return [
    formAction(WORDS_PATH, 'worker', (visit) => teach(visit, show)),
    action(`${WORDS_PATH}/rules/forget`, 'worker', forgetOwnRule),
    action(`${WORDS_PATH}/:word/forget`, 'worker', forget),
  ] as const;
}

const WordForm = z.object({
  kind: oneOf(OWN_WORD_KINDS),
  said: requiredText(LONGEST).pipe(z.string().min(SHORTEST, 'fault.too-short')),
  meaning: requiredText(LONGEST),
});

async function teach(visit: Visit, show: Show): Promise<Response> {
  const form = readForm(visit.form, WordForm);
  if (!form.ok) return show(visit, form);
  const { kind, said, meaning } = form.value;
  const words = wordsFor(visit, WORDS_TEXTS);
  const refuse = (refusal: string) => show(visit, { typed: visit.form.fields, faults: {}, refusal });
  const found = findMeaning(visit.content, kind, meaning, readingOf(visit, [], meaning, 'direct').phrases);
  if (!('id' in found)) {
    const names = found.near.join(wordsFor(visit, PAGE_TEXTS)('page.list-separator'));
    return refuse(names === '' ? words('words.unknown') : words('words.unknown-meaning', { names }));
  }
  const own = await visit.parts.store.read((tx) => listOwnWords(tx, visit.community.id));
  const { heard, intent } = readingOf(visit, own, said, 'direct');
  if (!FREE.has(intent)) return refuse(words('words.means-already', { said, means: meaningWords(visit, intent) }));
  if (own.length >= MOST_OWN_WORDS) return refuse(words('words.full', { count: MOST_OWN_WORDS }));
  const word = { kind, said, heard, meaning: found.id, meant: found.name };
  const act = actOf(visit);
  await visit.parts.store.write(async (tx) => {
    await putOwnWord(tx, { ...word, ...act });
    await appendAudit(tx, { ...act, action: 'word.teach', detail: { said, meaning: found.id }, at: act.now });
  });
  return goTo(visit, WORDS_PATH, { key: 'words.taught', variables: { said, meaning: found.name } });
}

/** What already means one of the others would mean two things. */
const FREE: ReadonlySet<string> = new Set(['none', 'question', 'waste.ask', 'pledge.make', 'check-in', 'name.give']);

async function forget(visit: Visit): Promise<Response> {
  const act = actOf(visit);
  const id = visit.context.req.param('word') ?? '';
  const word = await visit.parts.store.write(async (tx) => {
    const gone = await deleteOwnWord(tx, act.communityId, id);
    if (gone !== null) {
      const detail = { said: gone.said, meaning: gone.meaning };
      await appendAudit(tx, { ...act, action: 'word.forget', detail, at: act.now });
    }
    return gone;
  });
  if (word === null) return goTo(visit, WORDS_PATH);
  const { kind, said, meant: meaning } = word;
  const undo = { path: `/admin${WORDS_PATH}`, fields: { kind, said, meaning } };
  return goTo(visit, WORDS_PATH, { key: 'words.forgotten', variables: { said, meaning }, undo });
}

const RuleForm = z.object({ name: requiredText(60) });

async function forgetOwnRule(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, RuleForm);
  if (!form.ok) return goTo(visit, WORDS_PATH);
  const { name } = form.value;
  const act = actOf(visit);
  await visit.parts.store.write(async (tx) => {
    await forgetRule(tx, act.communityId, name);
    await appendAudit(tx, { ...act, action: 'word.forget', detail: { said: name }, at: act.now });
  });
  return goTo(visit, WORDS_PATH, { key: 'words.rule-forgotten', variables: { name } });
}
