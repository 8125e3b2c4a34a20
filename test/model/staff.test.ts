import { describe, expect, it } from 'vitest';
import { mayMakeRecords, type Staff } from '../../src/model/staff.ts';

const WORKER: Staff = {
  id: '1',
  communityId: 'south-gate',
  login: 'wang',
  displayName: '王',
  role: 'worker',
  passwordIsInitial: false,
  disabledAt: null,
};

describe('records of a community', () => {
  it.each(['worker', 'admin'] as const)('are made by its own %s', (role) => {
    expect(mayMakeRecords({ ...WORKER, role }, 'south-gate')).toBe(true);
  });

  it.each([
    ['who only looks on', { role: 'viewer' }],
    ['who has not chosen a password yet', { passwordIsInitial: true }],
    ['of another community', { communityId: 'north-gate' }],
  ] as const)('are not made by somebody %s', (_, change) => {
    expect(mayMakeRecords({ ...WORKER, ...change }, 'south-gate')).toBe(false);
  });
});
