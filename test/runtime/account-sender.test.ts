import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Capabilities, Channel, DeliveryOutcome } from '../../src/channels/channel.ts';
import type { OutgoingKind } from '../../src/model/outgoing.ts';
import { AccountSender } from '../../src/runtime/account-sender.ts';
import type { Departing } from '../../src/runtime/outgoing-writer.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

test('a message that waits for its account takes no second place of what its chat is allowed', async () => {
  const perGroup = [{ most: 4, withinMs: MINUTE_MS }];
  const { sender, arrived } = senderAtPace({ perSecond: 100, perGroup });

  for (const text of ['1', '2', '3', '4', '5']) sender.send(toGroup('a', text));

  await expect.poll(() => arrived).toEqual(['1', '2', '3', '4']);
  await sender.stop();
  expect(sender.waiting).toBe(1);
});

test('between two messages of a careful account each group keeps its own distance and no more', async () => {
  const perGroup = [{ most: 1, withinMs: MINUTE_MS }];
  const { sender, arrived } = senderAtPace({ gapMs: [10, 20], perGroup });

  for (const group of ['a', 'b', 'c']) sender.send(toGroup(group, group));

  await expect.poll(() => arrived).toEqual(['a', 'b', 'c']);
  await sender.stop();
});

test('an answer goes before the notices of other groups, also where its own group has one waiting', async () => {
  const { sender, arrived } = senderAtPace({ perSecond: 20 });

  for (const group of ['a', 'b', 'c', 'd']) sender.send(toGroup(group, `notice ${group}`, 'notice'));
  sender.send(toGroup('d', 'answer d'));

  await expect.poll(() => arrived).toEqual(['notice a', 'notice b', 'answer d', 'notice c', 'notice d']);
  await sender.stop();
});

test('what a chat may not hear before tomorrow goes back to the queue', async () => {
  const { sender, arrived, outcomes } = senderAtPace({ perGroup: [{ most: 1, withinMs: DAY_MS }] });

  sender.send(toGroup('a', 'today'));
  sender.send(toGroup('a', 'tomorrow'));

  await expect.poll(() => outcomes.map(({ fate }) => fate)).toEqual(['sent', 'not-sent']);
  const { retryAfterMs = 0, ...refusal } = { retryAfterMs: undefined, ...outcomes[1] };
  expect(refusal).toEqual({ fate: 'not-sent', code: 'rate-limited', untried: true });
  expect(retryAfterMs).toBeGreaterThan(DAY_MS - MINUTE_MS);
  expect({ arrived, waiting: sender.waiting }).toEqual({ arrived: ['today'], waiting: 0 });
  await sender.stop();
});

function senderAtPace(pace: Capabilities['pace']) {
  const arrived: string[] = [];
  const outcomes: DeliveryOutcome[] = [];
  const channel: Channel = {
    name: 'telegram',
    account: '7',
    can: { longestText: 4_096, buttons: true, speaksFirst: false, pace },
    start: async () => {},
    deliver: async ({ message }): Promise<DeliveryOutcome> => {
      arrived.push(message.text);
      return { fate: 'sent' };
    },
    status: () => ({ state: 'online', since: new Date() }),
    stop: async () => {},
  };
  const steadyNow = () => performance.now();
  const onOutcome = (_: Departing, outcome: DeliveryOutcome) => void outcomes.push(outcome);
  const sender = new AccountSender({
    channel,
    mayDeliver: () => true,
    steadyNow,
    random: () => 0.5,
    onDeparture: () => {},
    onOutcome,
  });
  return { sender, arrived, outcomes };
}

let place = 0;

function toGroup(id: string, text: string, kind: OutgoingKind = 'reply'): Departing {
  place += 1;
  return {
    message: {
      id: `${String(place).padStart(8, '0')}-${randomUUID()}`,
      communityId: 'community',
      chatId: id,
      kind,
      textKey: 'test.words',
      message: { text },
      tries: 1,
      runAt: new Date(),
      notAfter: null,
      collapseKey: null,
      urgent: false,
      subjectId: null,
    },
    chat: { id, communityId: 'community', channel: 'telegram', account: '7', address: id, kind: 'group' },
  };
}
