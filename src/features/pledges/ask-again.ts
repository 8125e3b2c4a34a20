/** Somebody was asked something and said what nobody understands: what was answered so far is kept, and it is asked again. */
import type { Outcome } from '../../runtime/feature.ts';
import { askAboutDoor, askRoom } from './door-doubts.ts';
import { proceed } from './make-pledge.ts';
import type { OpenDraft, PledgeDraft } from './pledge-draft.ts';
import { askHabits, askHousehold, askMore, askYes } from './pledge-questions.ts';
import { say } from './pledges-texts.ts';
import { type Scene, saysOnly } from './scene.ts';

/** `null`: nothing is lost if it is not asked again. */
export async function askAgain(scene: Scene, { step, draft }: OpenDraft): Promise<Outcome | null> {
  if (step === 'begin' || step === 'renew' || step === 'check-in') return null;
  if (step === 'which-withdrawal')
    return { messages: [{ to: 'here', said: say('pledge.ask-which-withdrawal-again') }] };
  if (saysOnly(scene, 'pledge.drop-words')) {
    return { messages: [{ to: 'here', said: say('pledge.dropped') }], ask: null };
  }
  switch (step) {
    case 'choose-habits':
      return askMenuAgain(scene, draft);
    case 'give-household':
      return askHousehold(scene, draft, say('pledge.ask-household-again'));
    case 'give-building':
      return askBuildingAgain(scene, draft);
    case 'give-room':
      return askRoomAgain(scene, draft);
    case 'confirm':
      return askYes(scene, draft, 'unclear');
    case 'correct':
      return { messages: [{ to: 'here', said: say('pledge.correct') }] };
  }
}

// Asked for a room, a bare number is one.
const ROOM = /^\d{1,4}$/;

function askMenuAgain(scene: Scene, draft: PledgeDraft): Promise<Outcome> {
  const text = scene.turn.text.trim();
  if (draft.habits.length === 0) return askHabits(scene, draft);
  if (/^\d{3,4}$/.test(text)) return proceed(scene, { ...draft, place: { ...draft.place, room: text } });
  if (saysOnly(scene, 'pledge.enough-words') || saysOnly(scene, 'pledge.yes-words')) return proceed(scene, draft);
  return askMore(scene, draft, scene.turn.conversation?.question?.options ?? []);
}

async function askBuildingAgain(scene: Scene, draft: PledgeDraft): Promise<Outcome> {
  const text = scene.turn.text.trim();
  if (/^\d{1,2}$/.test(text)) return proceed(scene, { ...draft, place: { ...draft.place, building: text } });
  if (saysOnly(scene, 'pledge.yes-words')) return proceed(scene, draft);
  const { place } = draft;
  if (place?.building === undefined) return proceed(scene, draft);
  const asked = (draft.asked ?? []).filter((each) => each !== 'building');
  const found = { ok: true, door: { ...place, building: place.building }, areaId: null } as const;
  return (await askAboutDoor(scene, { ...draft, asked }, found)) ?? proceed(scene, draft);
}

function askRoomAgain(scene: Scene, draft: PledgeDraft): Promise<Outcome> {
  const text = scene.turn.text.trim();
  if (ROOM.test(text)) return proceed(scene, { ...draft, place: { ...draft.place, room: text } });
  const isEnough = saysOnly(scene, 'pledge.no-room-words') || saysOnly(scene, 'pledge.yes-words');
  return isEnough ? proceed(scene, draft) : askRoom(scene, draft);
}
