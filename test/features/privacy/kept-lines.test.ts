/** What is kept of a person, said in so few lines that one reads them. */
import { expect, test } from 'vitest';
import { linesOf } from '../../../src/features/privacy/kept-lines.ts';
import type { Saying } from '../../../src/model/text.ts';
import type { OwnSignUp } from '../../../src/store/sign-up-table.ts';
import { shippedContent } from '../../support/shipped-content.ts';

const { texts } = await shippedContent();
const words = ({ key, variables }: Saying) => texts.render('zh-CN', key, variables, '');
const AT = new Date('2026-11-21T09:00:00+08:00');

test('says which activity, on which day, and that it is the waiting list', () => {
  const kept = {
    contact: { name: '林红', phone: '13812345678' },
    since: AT,
    signUps: { ahead: [own('waiting')], past: 2 },
  };
  expect(linesOf(kept, [], words, 'Asia/Shanghai')).toEqual([
    '称呼：林红、电话：138****5678',
    '报名：南门植树（11-21，候补）、以前报名过2次',
  ]);
});

test('what is too much for a line of its own shares the last one', () => {
  const signUps = { ahead: Array.from({ length: 5 }, () => own('joined')), past: 0 };
  const kept = { contact: { name: '林红', phone: null }, since: AT, signUps };
  const described = ['3栋', '光盘', '问过2件事'].map((place) => ({
    key: 'pledge.kept-household',
    variables: { place },
  }));
  const lines = linesOf(kept, described, words, 'Asia/Shanghai');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain('另外2个');
  expect(lines[3]).toBe('住处：光盘、住处：问过2件事');
});

function own(state: 'joined' | 'waiting'): OwnSignUp {
  const place = {
    id: 's',
    communityId: 'c',
    activityId: 'a',
    title: '南门植树',
    place: '南门',
    startsAt: AT,
    endsAt: AT,
  };
  return {
    signUp: {
      id: 'u',
      shiftId: 's',
      communityId: 'c',
      personId: 'p',
      chatId: null,
      party: 1,
      state,
      queuedAt: AT,
      offeredUntil: null,
      source: 'chat',
      createdAt: AT,
    },
    shift: { ...place, capacity: 1, taken: 1, waiting: 0, state: 'open', reminded: 'none' },
  };
}
