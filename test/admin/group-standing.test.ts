import { expect, test } from 'vitest';
import type { ChannelStanding } from '../../src/admin/channel-desk.ts';
import { isAway } from '../../src/admin/notices/group-standing.ts';

const GROUP = { channel: 'wecom', account: 'bot-1' } as const;
const standing = (is: ChannelStanding, account = 'bot-1') => ({ name: 'wecom', account, standing: is }) as const;

test('a group is away while its own account is, or is not set up any more', () => {
  expect(isAway([standing('trouble')], GROUP)).toBe(true);
  expect(isAway([standing('starting')], GROUP)).toBe(true);
  expect(isAway([standing('well')], GROUP)).toBe(false);
  expect(isAway([standing('trouble', 'bot-2'), standing('well')], GROUP)).toBe(false);
  expect(isAway([standing('well', 'bot-2')], GROUP)).toBe(true);
});

test('an account that another process serves is not away', () => {
  expect(isAway([standing('elsewhere')], GROUP)).toBe(false);
});

test('the page of the residents and a person who forwards need no connection', () => {
  expect(isAway([], { channel: 'web', account: 'c' })).toBe(false);
  expect(isAway([], { channel: 'manual', account: 'c' })).toBe(false);
});
