import { expect, test } from 'vitest';
import { carbonOf } from '../../src/content/habit-saving.ts';
import { loadRealContent } from './real-content.ts';

test('the carbon of a figure follows the power grid of the region, the national one where it is not known', async () => {
  const { habits, regions, gridFactors } = await loadRealContent();
  const savingOf = (id: string) => {
    const saving = habits.find((habit) => habit.id === id)?.saving;
    if (saving == null) throw new Error(id);
    return saving;
  };
  const carbon = (id: string, region: string) => {
    return carbonOf(
      savingOf(id),
      regions.find((one) => one.id === region),
      gridFactors,
    );
  };
  expect(carbon('ac-26', 'xinjiang')).toMatchObject({
    kg: expect.closeTo(12.19, 2),
    factor: { id: 'northwest', year: 2023 },
  });
  expect(carbon('ac-26', 'yunnan')).toMatchObject({ kg: expect.closeTo(11.67, 2), factor: { id: 'national' } });
  expect(carbon('car-free-day', 'xinjiang')).toEqual({ kg: 98 });
  expect(carbon('fix-leaks', 'xinjiang')).toBeNull();
});
