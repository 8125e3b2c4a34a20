/** The community of a fresh start: made up, marked as such, and complete enough to try everything. */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { createActivity } from '../features/volunteering/activity-service.ts';
import { addDays, instantOf, localDate, localMinutes, weekday } from '../lib/zoned-time.ts';
import { type Community, CommunitySettings } from '../model/community.ts';
import { insertArea } from '../store/community-table.ts';
import type { Transaction } from '../store/store.ts';
import { type FoundingParts, foundCommunity } from './found-community.ts';

const TimeOfDay = z.string().regex(/^\d{2}:\d{2}$/);

export const Sample = z.object({
  name: z.string(),
  province: z.string(),
  contact: z.string(),
  address: z.string(),
  group: z.string(),
  buildings: z.array(z.object({ name: z.string(), households: z.int().positive() })),
  count_source: z.string(),
  activities: z.array(
    z.object({
      title: z.string(),
      place: z.string(),
      details: z.string(),
      /** 1 is Monday; it takes place on the next such day. */
      weekday: z.int().min(1).max(7),
      from: TimeOfDay,
      to: TimeOfDay,
      capacity: z.int().positive(),
    }),
  ),
});
export type Sample = z.infer<typeof Sample>;

export async function readSample(file: string): Promise<Sample> {
  return Sample.parse(parse(await readFile(file, 'utf8')));
}

export interface SampleSetting {
  readonly plan: string;
  readonly locale: string;
  readonly zone: string;
}

export async function foundSampleCommunity(
  tx: Transaction,
  parts: FoundingParts,
  sample: Sample,
  setting: SampleSetting,
  now: Date,
): Promise<Community> {
  const { name, province, contact, address } = sample;
  const settings = CommunitySettings.parse({
    zone: setting.zone,
    province,
    contact,
    address,
    tips: tipSoon(now, setting.zone),
  });
  const { plan, locale } = setting;
  const founded = { name, plan, locale, isSample: true, settings, groupTitle: sample.group };
  const community = await foundCommunity(tx, parts, founded, now);
  await addBuildings(tx, sample, community, now);
  await addActivities(tx, sample, community, now);
  return community;
}

async function addBuildings(tx: Transaction, sample: Sample, community: Community, now: Date): Promise<void> {
  const countedOn = localDate(now, community.settings.zone);
  for (const { name, households } of sample.buildings) {
    await insertArea(tx, {
      communityId: community.id,
      parentId: null,
      kind: 'building',
      name,
      households: { count: households, source: sample.count_source, countedOn },
    });
  }
}

async function addActivities(tx: Transaction, sample: Sample, community: Community, now: Date): Promise<void> {
  const { zone } = community.settings;
  for (const { title, place, details, weekday: wanted, from, to, capacity } of sample.activities) {
    const day = nextDay(localDate(now, zone), wanted);
    const shifts = [{ startsAt: instantOf(day, from, zone), endsAt: instantOf(day, to, zone), capacity }];
    const draft = { title, place, details, risk: '', insured: false, shifts };
    const made = await createActivity(tx, draft, { community, staffId: null, now });
    if (!made.ok) throw new Error(`the sample activity is not one: ${made.why}`);
  }
}

/** Tomorrow at the earliest, in a week at the latest. */
function nextDay(today: string, wanted: number): string {
  const ahead = (wanted - weekday(today) + 7) % 7;
  return addDays(today, ahead === 0 ? 7 : ahead);
}

const FIRST_TIP_MINUTE = 8 * 60 + 31;
const LAST_TIP_MINUTE = 20 * 60 + 20;
const SOON_MINUTES = 3;

/** Today in a few minutes, so that a newcomer sees one come in; by night the next morning. */
function tipSoon(now: Date, zone: string): CommunitySettings['tips'] {
  const minute = localMinutes(now, zone) + SOON_MINUTES;
  const isDay = minute >= FIRST_TIP_MINUTE && minute <= LAST_TIP_MINUTE;
  const first = weekday(addDays(localDate(now, zone), isDay || minute < FIRST_TIP_MINUTE ? 0 : 1));
  const weekdays = [first, ((first + 2) % 7) + 1].toSorted();
  return { on: true, weekdays, time: isDay ? clockTime(minute) : clockTime(FIRST_TIP_MINUTE + 59) };
}

function clockTime(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
