/** A notice on WeChat is taken back by the ids that the gateway gave, within WeChat's two minutes. */
import { afterEach, expect, it, vi } from 'vitest';
import type { DeliveryOutcome } from '../../../src/channels/channel.ts';
import { PATIENCE } from '../../support/patience.ts';
import { type OpenOptions, type OpenWechat, openWechat, tell } from './open-wechat.ts';

let opened: OpenWechat;
afterEach(() => opened.close());

async function online(options: OpenOptions = {}): Promise<string> {
  opened = await openWechat({ readFile: async () => Buffer.from([0xff, 0xd8, 0xff]), ...options });
  await opened.channel.start(opened.sink);
  await vi.waitFor(() => expect(opened.channel.status().state).toBe('online'), PATIENCE);
  return opened.world.addPerson('林');
}

const PICTURE = { kind: 'image', id: 'p', name: '通知图片.jpg', mediaType: 'image/jpeg' } as const;
const receiptOf = (outcome: DeliveryOutcome) => (outcome.fate === 'sent' ? (outcome.receipt ?? '') : '');
const recall = (address: string, receipt: string) => opened.channel.recall?.({ address, kind: 'direct' }, receipt);

it('goes with its picture, which goes first', async () => {
  const lin = await online();
  const receipt = receiptOf(await tell(opened.channel, lin, '周六停水', { kind: 'notice', attachment: PICTURE }));
  expect(await recall(lin, receipt)).toBe(true);
  const [text] = opened.puppet.texts;
  expect(opened.puppet.recalled).toEqual(['file-1', text?.id]);
  expect(opened.channel.can.recallWithinMs).toBe(120_000);
});

it('is promised nowhere where the gateway gave no id', async () => {
  const lin = await online();
  Object.assign(opened.puppet, { messageSendText: async () => undefined });
  expect(await tell(opened.channel, lin, '周六停水', { kind: 'notice' })).toEqual({ fate: 'sent' });
});

it('stands there where WeChat refuses, and where that is a restriction nothing more is sent', async () => {
  const lin = await online();
  const receipt = receiptOf(await tell(opened.channel, lin, '周六停水', { kind: 'notice' }));
  Object.assign(opened.puppet, { messageRecall: async () => false });
  expect(await recall(lin, receipt)).toBe(false);
  Object.assign(opened.puppet, { messageRecall: async () => Promise.reject(new Error('操作过于频繁')) });
  expect(await recall(lin, receipt)).toBe(false);
  expect(opened.channel.status()).toMatchObject({ state: 'degraded', trouble: 'restricted' });
  Object.assign(opened.puppet, { messageRecall: async () => true });
  expect(await recall(lin, receipt)).toBe(false);
});

it('cannot be had back while the gateway is away', async () => {
  const lin = await online();
  const receipt = receiptOf(await tell(opened.channel, lin, '周六停水', { kind: 'notice' }));
  await opened.channel.stop();
  expect(await recall(lin, receipt)).toBe(false);
});
