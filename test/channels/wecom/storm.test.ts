/** Everything goes wrong at once, and what is told of each message stays true. */
import { expect, test } from 'vitest';
import type { DeliveryOutcome } from '../../../src/channels/channel.ts';
import type { Order } from '../../support/wecom-server/faults.ts';
import { openTalking, waitFor } from './open-wecom.ts';

const SEEDS = [1, 2, 3];
const CHATS = 12;
const ROUNDS = 25;
const ORDERS: readonly (Order | null)[] = [
  ...Array.from({ length: 8 }, () => null),
  ...[-1, 6000, 45009, 45033, 40201, 846605, 846608, 846609].map((refuse) => ({ refuse })),
  'close',
  'apply-then-close',
  'ack-later',
];

test.each(SEEDS)('storm %i: what was sent is there, what was not sent is not', async (seed) => {
  const opened = await openTalking({
    timings: { firstRetryMs: 5, longestRetryMs: 20, kickedRetryMs: 10, kickedTriesInAnHour: 1_000 },
  });
  const { server, bot, channel, heard, say, log } = opened;
  const next = randomFrom(seed);
  const people = Array.from({ length: CHATS }, (_, index) => `p${index}`);
  for (const person of people) server.userSays(bot, person, '你好');
  await waitFor(() => expect(heard).toHaveLength(CHATS));
  const told: { person: string; text: string; outcome: DeliveryOutcome }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    if (next() < 0.8) await waitFor(() => expect(channel.status().state).toBe('online'));
    const order = ORDERS[Math.floor(next() * ORDERS.length)] ?? null;
    if (order !== null) server.order(/^aibot_(send|respond)/, order);
    if (next() < 0.1 && bot.session !== null) server.kick(bot);
    if (next() < 0.1) server.cut(bot);
    await Promise.all(
      people.map(async (person, index) => {
        const text = `第${round}轮第${index}条`;
        const kind = next() < 0.5 ? 'reply' : 'notice';
        told.push({ person, text, outcome: await say(server.singleChat(bot, person), text, { kind }) });
      }),
    );
  }
  await waitFor(() => expect(channel.status().state).toBe('online'));
  const fates = new Set(told.map(({ outcome }) => outcome.fate));
  expect([...fates].sort()).toEqual(['not-sent', 'sent', 'unknown']);
  for (const { person, text, outcome } of told) {
    const times = opened.shown(server.singleChat(bot, person)).filter((one) => one.text === text).length;
    if (outcome.fate === 'sent') expect([text, times]).toEqual([text, 1]);
    else if (outcome.fate === 'not-sent') expect([text, times]).toEqual([text, 0]);
    else expect(times).toBeLessThanOrEqual(1);
  }
  expect(log.join()).not.toMatch(/第\d+轮|p\d/);
});

function randomFrom(seed: number): () => number {
  let state = seed * 7_919;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
