/** In a chat that belongs to a building, its number need not be said. */
import type { Turn } from '../../runtime/feature.ts';
import { listAreas } from '../../store/community-table.ts';
import { findHouseholdOfPerson } from '../../store/household-table.ts';
import type { OpenDraft } from './pledge-draft.ts';

/** What was said of a building, now or before, counts; the chat's own is for those who said none. */
export async function withKnownBuilding(turn: Turn, open: OpenDraft | null): Promise<Turn> {
  const { tx, chat, person, understood } = turn;
  const { household } = understood.slots;
  if (chat.areaId === null || household === undefined || household.building !== undefined) return turn;
  if (open?.draft.place?.building !== undefined) return turn;
  if ((await findHouseholdOfPerson(tx, person.id)) !== null) return turn;
  const areas = await listAreas(tx, chat.communityId);
  const area = areas.find(({ id }) => id === chat.areaId);
  if (area?.kind !== 'building') return turn;
  const compound = areas.find(({ id }) => id === area.parentId)?.name;
  const place = { ...(compound === undefined ? {} : { compound }), ...household, building: area.name };
  return { ...turn, understood: { ...understood, slots: { ...understood.slots, household: place } } };
}
