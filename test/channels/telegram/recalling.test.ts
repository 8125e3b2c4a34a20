/** A notice on Telegram is taken back by the numbers of all its parts, or not promised at all. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Delivery, DeliveryOutcome } from '../../../src/channels/channel.ts';
import type { Account, Chat } from '../../support/telegram-server/world.ts';
import { openTelegramStage, type TelegramStage } from './telegram-stage.ts';

let stage: TelegramStage;
let lin: Account;
let group: Chat;
let now: number;

beforeEach(async () => {
  now = Date.now();
  stage = await openTelegramStage({ server: { now: () => now } });
  await stage.start();
  lin = stage.server.people.addPerson('林');
  group = stage.server.people.addGroup('3号楼', [lin]);
});
afterEach(() => stage.end());

const LONG = '各位邻居，周六上午九点在河边捡垃圾。'.repeat(400);

function post(text: string, key = 'a-notice', kind: Delivery['kind'] = 'notice'): Promise<DeliveryOutcome> {
  const chat = { address: String(group.id), kind: 'group' } as const;
  return stage.channel.deliver({ key, account: stage.channel.account, chat, kind, message: { text } });
}

const recall = (receipt: string) => stage.channel.recall?.({ address: String(group.id), kind: 'group' }, receipt);
const standing = () => stage.server.world.sent.filter(({ deleted }) => !deleted).length;
const numbersIn = (receipt: string) => receipt.split('/')[1]?.split(',') ?? [];
const receiptOf = (outcome: DeliveryOutcome) => (outcome.fate === 'sent' ? (outcome.receipt ?? '') : '');

test('a long one goes with all its parts, the last one first', async () => {
  const receipt = receiptOf(await post(LONG));
  expect(standing()).toBe(2);
  expect(await recall(receipt)).toBe(true);
  expect(standing()).toBe(0);
  const deleted = stage.server.calls.filter(({ method }) => method.toLowerCase() === 'deletemessage');
  expect(deleted.map(({ payload }) => String(payload.message_id))).toEqual(numbersIn(receipt).toReversed());
});

test('one that needed two tries goes with what the first had shown', async () => {
  const isSecond = ({ text }: { readonly text?: unknown }) => typeof text === 'string' && standing() === 1;
  stage.server.faults.order('*', { kind: 'status', status: 500, description: 'oops' }, 1, isSecond);
  expect(await post(LONG)).toMatchObject({ fate: 'not-sent' });
  const receipt = receiptOf(await post(LONG));
  expect(numbersIn(receipt)).toHaveLength(2);
  expect(await recall(receipt)).toBe(true);
  expect(standing()).toBe(0);
});

test('what somebody took away already is gone all the same', async () => {
  const receipt = receiptOf(await post('周六停水'));
  expect([await recall(receipt), await recall(receipt)]).toEqual([true, true]);
});

test('what stands in a group that has become another one is not said to be gone', async () => {
  const receipt = receiptOf(await post('周六停水'));
  const elsewhere = stage.server.people.addGroup('3号楼', [lin]);
  const there = { address: String(elsewhere.id), kind: 'group' } as const;
  expect(await stage.channel.recall?.(there, receipt)).toBe(false);
  expect(standing()).toBe(1);
});

test('after 48 hours, without the right or without an answer it stands there, and that is said', async () => {
  const receipt = receiptOf(await post('周六停水'));
  stage.server.faults.order('*', { kind: 'answer-lost' }, 1, ({ message_id }) => message_id !== undefined);
  expect(await recall(receipt)).toBe(false);
  const other = receiptOf(await post('周日停水', 'another'));
  now += 48 * 60 * 60_000 + 1;
  expect(await recall(other)).toBe(false);
  expect(stage.channel.can.recallWithinMs).toBe(48 * 60 * 60_000);
});

test('replies, reminders and tips come without a receipt', async () => {
  const outcomes = [];
  for (const kind of ['reply', 'reminder', 'tip'] as const) outcomes.push(await post('好', kind, kind));
  expect(outcomes).toEqual([{ fate: 'sent' }, { fate: 'sent' }, { fate: 'sent' }]);
});
