import { expect, test } from 'vitest';
import { categoryOf, latestTipTime, tipCron } from '../../../src/features/tips/tips-rules.ts';

test('the set weekdays and time become a schedule', () => {
  expect(tipCron({ on: true, weekdays: [5, 2, 5], time: '09:05' })).toBe('5 9 * * 2,5');
});

test('a tip may go out until eight in the evening, or half an hour after a later time', () => {
  expect(latestTipTime('09:30')).toBe('20:00');
  expect(latestTipTime('20:15')).toBe('20:45');
  expect(latestTipTime('23:50')).toBe('23:59');
});

test('a subject is found by its id, its name or the beginning of its name', () => {
  const categories = [
    { id: 'save-power', name: '节电', nameEn: 'Saving power' },
    { id: 'save-food', name: '节粮光盘', nameEn: 'Clean plates' },
  ] as const;
  expect(categoryOf('节电', categories)).toBe('save-power');
  expect(categoryOf('节粮', categories)).toBe('save-food');
  expect(categoryOf('save-food', categories)).toBe('save-food');
  expect(categoryOf('养猫', categories)).toBe(null);
});
