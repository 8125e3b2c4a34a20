/** Pledges of households: made in a sentence or by menu, shown, changed, withdrawn, and habits checked in. */
import type { Feature, Outcome, Turn } from '../../runtime/feature.ts';
import { askAgain } from './ask-again.ts';
import { checkIn, noteAnswer } from './check-in.ts';
import { hearHousehold, hearName } from './introductions.ts';
import { withKnownBuilding } from './known-building.ts';
import { continuePledge, keepPledge, proceed, startPledge } from './make-pledge.ts';
import { hearAboutNewcomer } from './newcomer-talk.ts';
import { type OpenDraft, openDraft } from './pledge-draft.ts';
import { askYes, YES_OPTIONS } from './pledge-questions.ts';
import { unite } from './pledges-rules.ts';
import { PLEDGES_TEXTS, say } from './pledges-texts.ts';
import { askAlone, type PledgeParts, type Scene, sayAlone, saysOnly, sceneOf } from './scene.ts';
import { showPledge } from './show-pledge.ts';
import { changeDraft, changeHabits } from './standing-talk.ts';
import { withdraw, withdrawMeant } from './withdraw-pledge.ts';

export function createPledges(parts: PledgeParts): Feature {
  return {
    name: 'pledges',
    intents: [
      'pledge.make',
      'pledge.change',
      'pledge.withdraw',
      'pledge.show',
      'check-in',
      'household.give',
      'name.give',
    ],
    texts: PLEDGES_TEXTS,
    act: async (turn) => {
      const open = openDraft(turn.conversation);
      return act(sceneOf(await withKnownBuilding(turn, open), parts), open);
    },
    unclear: async (turn) => {
      const open = openDraft(turn.conversation);
      return open === null ? null : askAgain(sceneOf(turn, parts), open);
    },
  };
}

async function act(scene: Scene, open: OpenDraft | null): Promise<Outcome> {
  const heard = (await hearAboutNewcomer(scene)) ?? (open === null ? null : await pressButton(scene, open));
  if (heard !== null) return heard;
  if (open?.step === 'check-in') {
    const { intent } = scene.turn.understood;
    if (intent === 'pledge.make' || intent === 'choice' || intent === 'check-in') return noteAnswer(scene);
  }
  return open === null || !isDraft(open) ? actOutright(scene) : actOnDraft(scene, open);
}

function isDraft({ step }: OpenDraft): boolean {
  return step !== 'check-in' && step !== 'begin' && step !== 'renew' && step !== 'which-withdrawal';
}

/** An answer to the buttons under what was said last; `null` where it is none. */
async function pressButton(scene: Scene, { step }: OpenDraft): Promise<Outcome | null> {
  const { intent, slots } = scene.turn.understood;
  const isAnswer = intent === 'confirm' || intent === 'choice';
  if (!isAnswer || (step !== 'begin' && step !== 'renew' && step !== 'which-withdrawal')) return null;
  if (step === 'which-withdrawal') return withdrawMeant(scene);
  const isPressed = intent === 'confirm' ? slots.yes === true && isClearYes(scene) : slots.numbers?.[0] === 1;
  if (!isPressed) return { messages: [{ to: 'here', said: say('pledge.left-as-is') }], ask: null };
  return { ask: null, ...(await startPledge(saying(scene))) };
}

/** As if the words of the button had been typed. */
function saying(scene: Scene): Scene {
  const understood = { intent: 'pledge.make', slots: {} } as const;
  return { ...scene, turn: { ...scene.turn, understood, conversation: null } };
}

async function actOutright(scene: Scene): Promise<Outcome> {
  switch (scene.turn.understood.intent) {
    case 'pledge.make':
      return startPledge(scene);
    case 'pledge.change':
      return changeHabits(scene);
    case 'pledge.withdraw':
      return withdraw(scene, null);
    case 'pledge.show':
      return showPledge(scene);
    case 'check-in':
      return checkIn(scene);
    case 'household.give':
      return hearHousehold(scene);
    case 'name.give':
      return hearName(scene);
    default:
      return settled(scene.turn);
  }
}

async function actOnDraft(scene: Scene, open: OpenDraft): Promise<Outcome> {
  const { intent, slots } = scene.turn.understood;
  if (intent === 'confirm' && slots.yes === true && saysDoor(open))
    return (await askAgain(scene, open)) ?? proceed(scene, open.draft);
  switch (intent) {
    case 'pledge.make':
    case 'household.give':
      return continuePledge(scene, open);
    case 'pledge.change':
      return changeDraft(scene, open);
    case 'pledge.withdraw':
      return withdraw(scene, open);
    case 'privacy.agree':
      return agree(scene, open);
    case 'privacy.refuse':
      return refuse(scene, open);
    case 'confirm':
      return slots.yes === true ? agree(scene, open) : disagree(scene, open);
    case 'choice':
      return choose(scene, open);
    default:
      return actOutright(scene);
  }
}

/** A yes where a door was to be told says as little as no answer, unless the door was doubted. */
function saysDoor({ step }: OpenDraft): boolean {
  return step === 'give-household' || step === 'give-building' || step === 'give-room' || step === 'choose-habits';
}

/**
 * A yes before everything is known, or after a no, is answered with the question it belongs to. However the words were
 * read, nothing is kept on words that may mean something else.
 */
function agree(scene: Scene, { step, draft }: OpenDraft): Promise<Outcome> {
  if (step !== 'confirm') return proceed(scene, draft, { again: step === 'correct' });
  return isClearYes(scene) ? keepPledge(scene, draft) : askYes(scene, draft, 'unclear');
}

function isClearYes(scene: Scene): boolean {
  return saysOnly(scene, 'pledge.yes-words');
}

/** 不对 is read as a refusal too: unless somebody says that they do not agree, they may put it right. */
async function refuse(scene: Scene, open: OpenDraft): Promise<Outcome> {
  const { community, text } = scene.turn;
  const word = scene.parts.render(community.locale, 'pledge.refuse-word', {}, '');
  return text.toLowerCase().includes(word.toLowerCase()) ? drop('pledge.refused') : disagree(scene, open);
}

// Long enough to find the glasses; then what was said is forgotten.
const CORRECTION_OPEN_MS = 30 * 60_000;

async function disagree(scene: Scene, { step, draft }: OpenDraft): Promise<Outcome> {
  if (step === 'give-room') return proceed(scene, draft);
  if (step !== 'confirm' || saysOnly(scene, 'pledge.drop-words')) return drop('pledge.dropped');
  return askAlone(scene, draft, {
    said: say('pledge.correct'),
    step: 'correct',
    kind: 'confirm',
    openForMs: CORRECTION_OPEN_MS,
    inGroup: { said: say('pledge.dropped'), asks: false },
  });
}

async function choose(scene: Scene, open: OpenDraft): Promise<Outcome> {
  const numbers = scene.turn.understood.slots.numbers ?? [];
  const options = scene.turn.conversation?.question?.options ?? YES_OPTIONS;
  const chosen = numbers.flatMap((number) => options[number - 1] ?? []);
  if (open.step === 'choose-habits') {
    const menu = chosen.length === 1 ? options : [];
    return proceed(scene, { ...open.draft, habits: unite(open.draft.habits, chosen) }, { menu });
  }
  switch (chosen[0]) {
    case 'yes':
      return open.step === 'confirm' ? keepPledge(scene, open.draft) : agree(scene, open);
    case 'change':
      return disagree(scene, open);
    case 'privacy':
      return showNotice(scene);
    default:
      return proceed(scene, open.draft, { again: true });
  }
}

/** The question stays open under it. */
async function showNotice(scene: Scene): Promise<Outcome> {
  const notice = scene.parts.privacyNotice(scene.turn.community);
  return { messages: await sayAlone(scene, notice, say('pledge.group-private')) };
}

function drop(key: 'pledge.dropped' | 'pledge.refused'): Outcome {
  return { messages: [{ to: 'here', said: say(key) }], ask: null };
}

/** An answer to a question that an older version asked: it is let go without a word in a group. */
function settled(turn: Turn): Outcome {
  return { messages: turn.addressed ? [{ to: 'here', said: say('pledge.dropped') }] : [], ask: null };
}
