/** The first tables: people and households, pledges, activities, notices, the way of messages, staff. */

import { createActivities } from './0001-first-tables/activities.ts';
import type { Db } from './0001-first-tables/columns.ts';
import { createIndexes } from './0001-first-tables/indexes.ts';
import { createMessages } from './0001-first-tables/messages.ts';
import { createNotices } from './0001-first-tables/notices.ts';
import { createOffice } from './0001-first-tables/office.ts';
import { createPeople } from './0001-first-tables/people.ts';
import { createPlaces } from './0001-first-tables/places.ts';
import { createPledges } from './0001-first-tables/pledges.ts';
import { createSchedules } from './0001-first-tables/schedules.ts';

export async function createFirstTables(db: Db): Promise<void> {
  await createPlaces(db);
  await createPeople(db);
  await createPledges(db);
  await createActivities(db);
  await createNotices(db);
  await createMessages(db);
  await createSchedules(db);
  await createOffice(db);
  await createIndexes(db);
}
