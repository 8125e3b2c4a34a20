/** Households that pledged at the test office, and the tables a worker brings. */

import type { ColumnKind } from '../../src/documents/sheet.ts';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';
import { resolveDoor } from '../../src/features/pledges/household-service.ts';
import { makePledge } from '../../src/features/pledges/pledges-service.ts';
import type { Community } from '../../src/model/community.ts';
import type { HouseholdPlace } from '../../src/model/understanding.ts';
import { insertPerson } from '../../src/store/chat-table.ts';
import { savePersonName, savePersonPhone } from '../../src/store/person-table.ts';
import type { Office } from './admin-harness.ts';

export interface Home {
  readonly habits?: readonly string[];
  readonly people?: number;
  readonly now?: Date;
  readonly community?: Community;
  /** A resident who spoke for it. */
  readonly resident?: { readonly name: string; readonly phone: string };
}

/** The id of the household. */
export async function pledgeAt(office: Office, place: HouseholdPlace, home: Home = {}): Promise<string> {
  const { habits = ['clean-plate', 'tap-off'], people, community = office.community, resident } = home;
  const now = home.now ?? office.clock.now();
  return office.store.write(async (tx) => {
    const from = { channel: 'web', account: community.id, address: `home-${tx.newId()}` } as const;
    const person = resident === undefined ? null : await insertPerson(tx, { communityId: community.id, from, now });
    if (person !== null && resident !== undefined) {
      await savePersonName(tx, person, resident.name);
      await savePersonPhone(tx, person, resident.phone);
    }
    const door = await resolveDoor(tx, community.id, place);
    if (!door.ok) throw new Error(door.why);
    const actor = { personId: person?.id ?? null, staffId: null };
    const { household } = await makePledge(tx, community, actor, { ...door, habits, people }, now);
    return household.id;
  });
}

export type PaperRow = Readonly<Record<string, string | number | null>>;

const HEADERS: readonly Header[] = [
  ['building', '楼号', 'text'],
  ['unit', '单元', 'text'],
  ['room', '房号', 'text'],
  ['people', '人数', 'text'],
  ['habits', '承诺的习惯', 'text'],
];
export type Header = readonly [key: string, header: string, kind: ColumnKind];

/** As somebody fills it in: with headers of their own. */
export async function paperFile(rows: readonly PaperRow[], headers = HEADERS): Promise<File> {
  const columns = headers.map(([key, header, kind]) => ({ key, header, kind }));
  return new File([new Uint8Array(await writeWorkbook([{ name: '承诺', columns, rows }]))], '承诺.xlsx');
}
