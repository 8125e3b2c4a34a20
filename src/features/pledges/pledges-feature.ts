/** Pledges of households: made in a sentence or by menu, shown, changed, withdrawn, and habits checked in. */
import type { Feature, Outcome, Turn } from '../../runtime/feature.ts';
import { checkIn, noteAnswer } from './check-in.ts';
import { hearHousehold, hearName } from './introductions.ts';
import { continuePledge, keepPledge, proceed, startPledge, YES_OPTIONS } from './make-pledge.ts';
import { type OpenDraft, openDraft } from './pledge-draft.ts';
import { PLEDGES_TEXTS, say } from './pledges-texts.ts';
import { askAlone, type PledgeParts, type Scene, sayAlone, sceneOf } from './scene.ts';
import { showPledge } from './show-pledge.ts';
import { changeDraft, changeHabits, withdraw } from './standing-talk.ts';

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
    act: (turn) => act(sceneOf(turn, parts), openDraft(turn.conversation)),
  };
}

async function act(scene: Scene, open: OpenDraft | null): Promise<Outcome> {
  if (open?.step === 'check-in') {
    const { intent } = scene.turn.understood;
    if (intent === 'pledge.make' || intent === 'choice' || intent === 'check-in') return noteAnswer(scene);
  }
  return open === null || open.step === 'check-in' ? actOutright(scene) : actOnDraft(scene, open);
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

/** A yes before everything is known, or after a no, is answered with the question it belongs to. */
function agree(scene: Scene, { step, draft }: OpenDraft): Promise<Outcome> {
  return step === 'confirm' ? keepPledge(scene, draft) : proceed(scene, draft, step === 'correct');
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
  if (step !== 'confirm') return drop('pledge.dropped');
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
  if (open.step === 'choose-habits') return proceed(scene, { ...open.draft, habits: chosen });
  switch (chosen[0]) {
    case 'yes':
      return agree(scene, open);
    case 'change':
      return disagree(scene, open);
    case 'privacy':
      return showNotice(scene);
    default:
      return proceed(scene, open.draft, true);
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
