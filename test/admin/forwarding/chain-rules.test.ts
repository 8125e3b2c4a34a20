import { expect, it } from 'vitest';
import { likeliestShift } from '../../../src/admin/forwarding/chain-rules.ts';

const startsAt = new Date('2026-11-21T09:00:00+08:00');
const shifts = [
  { title: '河边捡垃圾', startsAt },
  { title: '周六巡河', startsAt },
];

it('is the one that is named', () => {
  expect(likeliestShift(shifts, '周六巡河，9点南门集合')?.title).toBe('周六巡河');
});

it('is the one that shares most of its name', () => {
  expect(likeliestShift(shifts, '周六上午到河边捡点垃圾')?.title).toBe('河边捡垃圾');
});

it('is none where nothing is alike', () => {
  expect(likeliestShift(shifts, '团购苹果')).toBeNull();
  expect(likeliestShift(shifts, '')).toBeNull();
});
