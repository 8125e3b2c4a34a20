/** A door that cannot be right as it was said: asked about once, then taken, and shown to the committee. */
import type { Outcome } from '../../runtime/feature.ts';
import { openTaskOnce } from '../../store/asked-task-table.ts';
import { findHouseholdOfPerson, listBuildingNames } from '../../store/household-table.ts';
import { type DoorResult, inRanges, isLikelyRoom, sameDoor } from './door-rules.ts';
import type { PledgeDraft } from './pledge-draft.ts';
import { askHousehold } from './pledge-questions.ts';
import { say } from './pledges-texts.ts';
import type { Scene } from './scene.ts';

type FoundDoor = Extract<DoorResult, { ok: true }>;

/** `null` where there is nothing to ask about it, or no longer. */
export async function askAboutDoor(scene: Scene, draft: PledgeDraft, found: FoundDoor): Promise<Outcome | null> {
  const { asked = [] } = draft;
  const { door, areaId } = found;
  const isRoomLikely = isLikelyRoom(door.room);
  if (areaId !== null && isRoomLikely) return null;
  const home = await findHouseholdOfPerson(scene.turn.tx, scene.turn.person.id);
  if (home !== null && sameDoor(home.door, door)) return null;
  if (areaId === null && !asked.includes('building')) {
    const names = await listBuildingNames(scene.turn.tx, scene.turn.community.id);
    const buildings = scene.words.list(inRanges(names));
    const said = say('pledge.ask-which-building', { buildings, building: door.building });
    const asking: PledgeDraft = { ...draft, asked: [...asked, 'building'] };
    if (names.length > 0) return askHousehold(scene, asking, said, 'give-building');
  }
  if (isRoomLikely || asked.includes('room')) return null;
  return askRoom(scene, { ...draft, place: door, asked: [...asked, 'room'] });
}

export function askRoom(scene: Scene, draft: PledgeDraft): Promise<Outcome> {
  const place = scene.words.place(draft.place ?? {});
  const key = draft.place?.room === undefined ? 'pledge.ask-room' : 'pledge.ask-room-again';
  return askHousehold(scene, draft, say(key, { place }), 'give-room');
}

/** One task for each building, however many say that they live there. */
export async function markUnknownBuilding({ turn, parts }: Scene, { door, areaId }: FoundDoor): Promise<void> {
  const { tx, community, now } = turn;
  if (areaId !== null || (await listBuildingNames(tx, community.id)).length === 0) return;
  const subjectId = (await tx.sealer(community.id)).hash(`building ${door.compound ?? ''} ${door.building}`);
  const text = parts.render(community.locale, 'pledge.task-unknown-building', { building: door.building }, '');
  await openTaskOnce(tx, { communityId: community.id, kind: 'question', subjectId, text, now });
}
