/** Pictures and files: brought in pieces, shown as what they are, and refused honestly. */
import { describe, expect, test } from 'vitest';
import type { Attachment } from '../../../src/model/message.ts';
import { openTalking, UNREADABLE, waitFor } from './open-wecom.ts';

const PICTURE: Attachment = { kind: 'image', id: 'p', name: '海报.png', mediaType: 'image/png' };
const FILE: Attachment = { kind: 'file', id: 'f', name: '名单.xlsx', mediaType: 'application/vnd.ms-excel' };
const KEY = '01890a5d-ac96-774b-bcce-b302099a8057';

function bytes(size: number): Buffer {
  return Buffer.alloc(size, 'green');
}

function mediaOf(opened: Awaited<ReturnType<typeof openTalking>>) {
  return opened.server.screen(opened.direct).flatMap((item) => (item.what === 'media' ? [item] : []));
}

describe('media', () => {
  test('follows its text, byte for byte', async () => {
    const opened = await openTalking();
    const { say, direct, files, server } = opened;
    files.set('p', bytes(1_300_000));
    files.set('f', bytes(700));
    expect(await say(direct, { text: '看海报', attachment: PICTURE })).toEqual({ fate: 'sent' });
    expect(await say(direct, { text: '', attachment: FILE })).toEqual({ fate: 'sent' });
    expect(server.screen(direct).map(({ what }) => what)).toEqual(['person', 'text', 'media', 'media']);
    expect(mediaOf(opened)).toMatchObject([
      { type: 'image', name: '海报.png', bytes: bytes(1_300_000) },
      { type: 'file', name: '名单.xlsx', bytes: bytes(700) },
    ]);
  });

  test('is brought once for all chats that are told the same, also at the same time', async () => {
    const { say, direct, group, files, bot, advance, channel, server } = await openTalking();
    files.set('p', bytes(2_000));
    const message = { text: '看', attachment: PICTURE };
    await Promise.all([say(direct, message), say(group, message)]);
    expect(bot.media.size).toBe(1);
    // Before the platform throws it away after three days.
    advance(61 * 60 * 60_000);
    await waitFor(() => expect(channel.status().state).toBe('online'));
    server.userSays(bot, 'lin', '还在吗');
    expect(await say(direct, message)).toEqual({ fate: 'sent' });
    expect(bot.media.size).toBe(2);
  });

  test('that the platform has thrown away before its time is brought anew by the next try', async () => {
    const opened = await openTalking();
    const { say, direct, files, bot } = opened;
    files.set('p', bytes(2_000));
    await say(direct, { text: '看', attachment: PICTURE });
    bot.media.clear();
    expect(await say(direct, { text: '再看', attachment: PICTURE }, { key: KEY })).toEqual({
      fate: 'not-sent',
      code: 'invalid',
    });
    expect(await say(direct, { text: '再看', attachment: PICTURE }, { key: KEY })).toEqual({ fate: 'sent' });
    expect(mediaOf(opened)).toHaveLength(2);
    expect(opened.shown(direct).filter(({ text }) => text === '再看')).toHaveLength(1);
  });

  test('is a picture only where WeCom shows it as one', async () => {
    const opened = await openTalking();
    const { say, direct, files } = opened;
    files.set('p', bytes(11 * 1024 * 1024));
    files.set('w', bytes(1_000));
    await say(direct, { text: '', attachment: PICTURE });
    await say(direct, { text: '', attachment: { ...PICTURE, id: 'w', name: 'a.webp', mediaType: 'image/webp' } });
    expect(mediaOf(opened).map(({ type }) => type)).toEqual(['file', 'file']);
  });

  test('of more than 20 MB, of nothing, or that is gone is refused before a word is said', async () => {
    const { say, direct, files, shown, bot } = await openTalking();
    const message = { text: '看', attachment: FILE };
    files.set('f', bytes(20 * 1024 * 1024 + 1));
    expect(await say(direct, message)).toEqual({ fate: 'not-sent', code: 'too-large', final: true });
    files.set('f', bytes(2));
    expect(await say(direct, message)).toEqual({ fate: 'not-sent', code: 'invalid', final: true });
    files.clear();
    expect(await say(direct, message)).toEqual({ fate: 'not-sent', code: 'file-gone', final: true });
    expect(shown(direct)).toEqual([]);
    expect(bot.uploaded).toEqual([]);
  });

  test('that cannot be read just now waits for the next try', async () => {
    const { say, direct, shown } = await openTalking();
    const outcome = await say(direct, { text: '看', attachment: { ...FILE, id: UNREADABLE } });
    expect(outcome).toEqual({ fate: 'not-sent', code: 'server-error' });
    expect(shown(direct)).toEqual([]);
  });

  test('of exactly 20 MB arrives', async () => {
    const opened = await openTalking();
    opened.files.set('f', bytes(20 * 1024 * 1024));
    expect(await opened.say(opened.direct, { text: '看', attachment: FILE })).toEqual({ fate: 'sent' });
    expect(mediaOf(opened)[0]?.bytes.length).toBe(20 * 1024 * 1024);
  });

  test('with a name that is too long keeps its ending', async () => {
    const opened = await openTalking();
    opened.files.set('f', bytes(100));
    await opened.say(opened.direct, { text: '', attachment: { ...FILE, name: `${'长'.repeat(200)}.xlsx` } });
    expect(mediaOf(opened)[0]?.name).toMatch(/^长+\.xlsx$/);
  });
});

describe('a piece of media', () => {
  test('that is refused for haste is sent again', async () => {
    const opened = await openTalking();
    opened.files.set('f', bytes(1_500_000));
    for (const refuse of [-1, 45033, 6000]) opened.server.order('aibot_upload_media_chunk', { refuse });
    expect(await opened.say(opened.direct, { text: '', attachment: FILE })).toEqual({ fate: 'sent' });
    expect(mediaOf(opened)[0]?.bytes).toEqual(bytes(1_500_000));
  });

  test('whose answer is lost is sent again', async () => {
    const opened = await openTalking();
    opened.files.set('f', bytes(1_500_000));
    opened.server.order('aibot_upload_media_chunk', 'apply-silently');
    expect(await opened.say(opened.direct, { text: '', attachment: FILE })).toEqual({ fate: 'sent' });
    expect(mediaOf(opened)[0]?.bytes).toEqual(bytes(1_500_000));
  });

  test('on which the line breaks leaves no doubt: nothing was shown', async () => {
    const { say, direct, files, server, shown, channel } = await openTalking();
    files.set('f', bytes(1_500_000));
    server.order('aibot_upload_media_chunk', 'close');
    expect(await say(direct, { text: '看', attachment: FILE }, { key: KEY })).toEqual({
      fate: 'not-sent',
      code: 'network',
    });
    await waitFor(() => expect(channel.status().state).toBe('online'));
    expect(shown(direct)).toEqual([]);
    expect(await say(direct, { text: '看', attachment: FILE }, { key: KEY })).toEqual({ fate: 'sent' });
  });
});

test('no more is brought within a minute than WeCom takes, and what waits is not held against it', async () => {
  const { say, direct, group, files, bot } = await openTalking();
  const outcomes = [];
  for (let index = 0; index < 29; index += 1) {
    files.set(`${index}`, bytes(100));
    const attachment = { ...FILE, id: `${index}` };
    outcomes.push(await say(index % 2 === 0 ? direct : group, { text: '', attachment }));
  }
  expect(bot.uploaded).toHaveLength(28);
  expect(outcomes.at(-1)).toMatchObject({ fate: 'not-sent', code: 'rate-limited', untried: true });
});
