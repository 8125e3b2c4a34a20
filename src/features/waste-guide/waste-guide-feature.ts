/** Tells which bin a thing goes to, by the names used where the community is. */
import { z } from 'zod';
import { isMadeOf } from '../../lib/made-of.ts';
import type { Saying } from '../../model/text.ts';
import type { WasteItem } from '../../model/waste-item.ts';
import type { Feature, Outcome, Turn } from '../../runtime/feature.ts';
import { mayRaiseTask } from '../../store/task-allowance.ts';
import { findWaste, thingsIn, type WasteFinding } from './waste-guide-lookup.ts';
import { askCommittee } from './waste-guide-service.ts';
import { say, WASTE_GUIDE_TEXTS } from './waste-guide-texts.ts';
import { type WasteContent, type WasteParts, WasteWords } from './waste-guide-words.ts';

export function createWasteGuideFeature({ content }: WasteParts): Feature {
  return {
    name: 'waste-guide',
    intents: ['waste.ask'],
    texts: WASTE_GUIDE_TEXTS,
    act: async (turn) => {
      if (turn.understood.intent === 'waste.ask') return answer(turn, content(), turn.understood.slots.item);
      return chooseNear(turn, content());
    },
    unclear: async (turn) => {
      const words = new WasteWords(content(), turn.community);
      return isMadeOf(turn.text, words.say(say('waste.drop-words'))) ? letGo(turn) : null;
    },
  };
}

async function answer(turn: Turn, content: WasteContent, item: string | undefined): Promise<Outcome> {
  if (item === undefined || item.trim() === '') {
    return { messages: turn.addressed ? [{ to: 'here', said: say('waste.what') }] : [], ask: null };
  }
  const finding = await findWaste(turn.tx, content.wasteGuide, turn.community.id, item);
  const words = new WasteWords(content, turn.community);
  const several = await answerSeveral(turn, content, item, finding);
  if (several !== null) return several;
  switch (finding.how) {
    case 'unknown':
      return passOn(turn, words, item);
    case 'near':
      return offerNear(turn, words, item, finding.items);
    default:
      return { messages: [{ to: 'here', said: found(words, finding, { asked: item, chat: turn.chat }) }], ask: null };
  }
}

function found(words: WasteWords, finding: Known, { asked, chat }: { asked: string; chat: Turn['chat'] }): Saying {
  if (finding.how === 'own-rule') {
    const { name, note } = finding.rule;
    const place = words.className(finding.rule.class);
    const line = words.noteOf(note, false);
    return line === ''
      ? say('waste.own-rule', { name, place })
      : say('waste.own-rule-note', { name, place, note: line });
  }
  const { item, name, like } = finding;
  const place = words.placeOf(item);
  const note = words.noteOf(item.note, item.variesLocally);
  if (like) {
    const shown = { asked: words.thing(asked, chat), name, place };
    return note === '' ? say('waste.answer-like', shown) : say('waste.answer-like-note', { ...shown, note });
  }
  return note === '' ? say('waste.answer', { name, place }) : say('waste.answer-note', { name, place, note });
}

/** Two or three things in one breath, of which at least one is known: each gets its answer. */
async function answerSeveral(
  turn: Turn,
  content: WasteContent,
  item: string,
  whole: WasteFinding,
): Promise<Outcome | null> {
  if (whole.how === 'own-rule' || (whole.how === 'guide' && !whole.like)) return null;
  const parts = thingsIn(item, content.languageTables['waste-words'] ?? []);
  if (parts.length < 2) return null;
  const findings = await findEach(turn, content, parts);
  if (!findings.some(({ finding }) => isKnown(finding))) return null;
  const words = new WasteWords(content, turn.community);
  const lines: string[] = [];
  for (const { part, finding } of findings) {
    const said = isKnown(finding)
      ? found(words, brief(turn, finding), { asked: part, chat: turn.chat })
      : await askFor(turn, words, part);
    lines.push(words.say(said));
  }
  const [first = '', second = '', third] = lines;
  const said =
    third === undefined ? say('waste.several', { first, second }) : say('waste.several-more', { first, second, third });
  return { messages: [{ to: 'here', said }], ask: null };
}

async function findEach({ tx, community }: Turn, { wasteGuide }: WasteContent, parts: readonly string[]) {
  const findings: { part: string; finding: WasteFinding }[] = [];
  for (const part of parts) findings.push({ part, finding: await findWaste(tx, wasteGuide, community.id, part) });
  return findings;
}

/** Among neighbours two answers have to fit into two lines. */
function brief({ chat }: Turn, finding: Known): Known {
  if (chat.kind !== 'group') return finding;
  if (finding.how === 'own-rule') return { ...finding, rule: { ...finding.rule, note: '' } };
  return { ...finding, item: { ...finding.item, note: '', variesLocally: false } };
}

type Known = Extract<WasteFinding, { how: 'own-rule' | 'guide' }>;

function isKnown(finding: WasteFinding): finding is Known {
  return finding.how === 'own-rule' || finding.how === 'guide';
}

const NEAR = 'near';
const VERSION = 1;
const NearAnswers = z.object({ item: z.string(), ids: z.array(z.string()) });

/** In private up to three to choose from and a way on; in a group one line, so that nobody has to scroll. */
function offerNear(turn: Turn, words: WasteWords, item: string, items: readonly WasteItem[]): Outcome {
  const names = items.map(({ name }) => name);
  const shown = words.thing(item, turn.chat);
  const none = say('waste.none-of-these');
  const ask = {
    step: NEAR,
    version: VERSION,
    question: { kind: 'choose-shift' as const, options: [...names, words.say(none)] },
    answers: { item, ids: items.map(({ id }) => id) },
  };
  if (turn.chat.kind === 'group') {
    const numbered = names.map((name, index) => `${index + 1} ${name}`);
    const said = say('waste.near-group', { item: shown, names: words.names(numbered) });
    return { messages: [{ to: 'here', said }], ask };
  }
  const choices = [...names, none].map((label) => ({ label }));
  return { messages: [{ to: 'here', said: { ...say('waste.near', { item: shown }), choices } }], ask };
}

/** The answer to "is it one of these?". */
async function chooseNear(turn: Turn, content: WasteContent): Promise<Outcome> {
  const answers = NearAnswers.safeParse(turn.conversation?.answers);
  if (!answers.success) return answer(turn, content, undefined);
  const { item, ids } = answers.data;
  const { intent, slots } = turn.understood;
  // 算了 is nothing for the committee; 都不是 stands in the list and is chosen there.
  if (intent === 'confirm' && slots.yes === false) return letGo(turn);
  const number = slots.numbers?.[0];
  if (intent !== 'choice' || number === undefined) return answer(turn, content, undefined);
  const chosen = content.wasteGuide.get(ids[number - 1] ?? '');
  return chosen === undefined
    ? passOn(turn, new WasteWords(content, turn.community), item)
    : answer(turn, content, chosen.name);
}

function letGo({ addressed }: Turn): Outcome {
  return { messages: addressed ? [{ to: 'here', said: say('waste.let-go') }] : [], ask: null };
}

/** Said only because it is true: the task is written in the same transaction. */
async function passOn(turn: Turn, words: WasteWords, item: string): Promise<Outcome> {
  return { messages: [{ to: 'here', said: await askFor(turn, words, item) }], ask: null };
}

async function askFor({ tx, now, community, chat, person }: Turn, words: WasteWords, item: string): Promise<Saying> {
  const shown = { item: words.thing(item, chat) };
  if (!(await mayRaiseTask(tx, person.id, now))) return say('waste.enough', shown);
  await askCommittee(tx, community.id, { item, personId: person.id, chatId: chat.id, now });
  return chat.kind === 'group' ? say('waste.unknown-group', shown) : say('waste.unknown', shown);
}
