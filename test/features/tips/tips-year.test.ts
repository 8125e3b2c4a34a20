import { expect, test } from 'vitest';
import { daysNear } from '../../../src/content/tip-choice.ts';
import { addDays, instantOf, localDate, localMinutes, weekday } from '../../../src/lib/zoned-time.ts';
import { listTipPostings } from '../../../src/store/tip-table.ts';
import { OFFICE } from '../../support/committee.ts';
import { openOffice } from '../../support/office-stage.ts';
import { STAGE_COMMUNITY } from '../../support/stage.ts';

test('through a year a group hears two tips a week, by day, never the same twice, and of the days that are near', async () => {
  const office = await openOffice();
  const { stage, content } = office;
  try {
    await office.group('3号楼群');
    await OFFICE.commands?.schedule?.(stage, '');
    const first = '2026-11-18';
    for (let day = first; day < '2027-11-17'; day = addDays(day, 1)) {
      stage.clock.set(instantOf(day, '09:31'));
      await stage.tick();
    }
    const told = stage.channel.delivered.filter((one) => stage.spoken(one).key === 'tip.posted');
    const texts = told.map((one) => String(stage.spoken(one).variables.text));
    const postings = await office.write((tx) => listTipPostings(tx, STAGE_COMMUNITY, first));
    const tips = new Map(content.tips.map((tip) => [tip.id, tip]));

    expect(told).toHaveLength(postings.length);
    expect(new Set(texts).size).toBe(texts.length);
    expect(postings.map(({ onDay }) => weekday(onDay)).every((on) => on === 2 || on === 5)).toBe(true);
    expect(postings).toHaveLength(104);
    const wrongDay = postings.filter(({ tipId, onDay }) => {
      const event = tips.get(tipId)?.eventId;
      const near = daysNear({ today: onDay, region: '', calendar: content.calendar, announced: [] });
      return event !== undefined && !near.some((one) => one.event.id === event);
    });
    expect(wrongDay).toEqual([]);
    // A day of the calendar that is near is spoken of, as long as it has a tip of its own.
    expect(postings.filter(({ tipId }) => tips.get(tipId)?.eventId !== undefined).length).toBeGreaterThan(15);
  } finally {
    await office.close();
  }
});

test('at night nothing is sent, whatever time was set', async () => {
  const office = await openOffice();
  const { stage } = office;
  try {
    await office.group('3号楼群');
    await OFFICE.commands?.schedule?.(stage, '');
    // Nobody looked before the evening: the slot of 09:30 is too old by then.
    for (const time of ['20:45', '23:59']) {
      stage.clock.set(instantOf('2026-11-20', time));
      await stage.tick();
    }
    expect(stage.channel.delivered).toEqual([]);
    stage.clock.set(instantOf('2026-11-24', '09:30'));
    await stage.tick();
    expect(stage.channel.delivered).toHaveLength(1);
    expect(localDate(stage.clock.now())).toBe('2026-11-24');
    expect(localMinutes(stage.clock.now())).toBe(9 * 60 + 30);
  } finally {
    await office.close();
  }
});
