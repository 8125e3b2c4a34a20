import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createNotice,
  releaseDueNotices,
  releaseNotice,
  retryNotice,
} from '../../../src/features/notices/notices-service.ts';
import { removePicture, setPicture } from '../../../src/features/notices/picture-service.ts';
import { findAttachment, forgetAttachments, readAttachment } from '../../../src/store/attachment-table.ts';
import { listAudit } from '../../../src/store/audit-table.ts';
import { findNotice } from '../../../src/store/notice-table.ts';
import { fatesOf, settleOutbox } from '../../../src/store/outbox-table.ts';
import { type Office, openOffice } from '../../support/office-stage.ts';
import { STAGE_COMMUNITY, STAGE_START } from '../../support/stage.ts';

let office: Office;
let groups: string[];
beforeEach(async () => {
  office = await openOffice();
  groups = [await office.group('3号楼群'), await office.group('5号楼群')];
});
afterEach(() => office.close());

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const POSTER = { name: '通知图片.jpg', mediaType: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 0xff, 1]) };
const OTHER_POSTER = { ...POSTER, bytes: Buffer.from([0xff, 0xd8, 0xff, 2]) };

function act(minutes = 0) {
  return {
    communityId: STAGE_COMMUNITY,
    staffId: 'staff-1',
    now: new Date(STAGE_START.getTime() + minutes * MINUTE_MS),
  };
}

async function made(pictureId: string | null = null): Promise<string> {
  const draft = { text: '周六捡垃圾', urgentReason: null, asksReceipt: false, chatIds: groups, pictureId };
  const result = await office.write((tx) => createNotice(tx, draft, act()));
  if (!result.ok) throw new Error(result.why);
  return result.noticeId;
}

async function withPoster(): Promise<string> {
  const id = await made();
  await office.write((tx) => setPicture(tx, id, POSTER, act()));
  return id;
}

async function pictureIdOf(noticeId: string): Promise<string | null> {
  const notice = await office.write((tx) => findNotice(tx, STAGE_COMMUNITY, noticeId));
  return notice?.pictureId ?? null;
}

async function released(id: string) {
  await office.write((tx) => releaseNotice(tx, id, act()));
  return office.write((tx) => releaseDueNotices(tx, office.community, act(4).now));
}

const forget = (days: number) =>
  office.write((tx) => forgetAttachments(tx, new Date(STAGE_START.getTime() + days * DAY_MS)));

describe('a notice with a picture', () => {
  it('brings it to every group, kept once', async () => {
    const id = await withPoster();
    const pictureId = await pictureIdOf(id);
    const messages = await released(id);
    expect(messages.map(({ said }) => said.attachment)).toEqual(
      groups.map(() => ({ kind: 'image', id: pictureId, name: '通知图片.jpg', mediaType: 'image/jpeg' })),
    );
    expect(await office.write((tx) => readAttachment(tx, pictureId ?? ''))).toEqual(POSTER.bytes);
  });

  it('brings it along when it is sent again', async () => {
    const id = await withPoster();
    const messages = await released(id);
    await office.write(async (tx) => {
      await office.stage.bot.follow(tx, office.community, 'notices', { messages });
      const [first] = await fatesOf(tx, id);
      const end = { fate: 'refused', reason: 'network', now: act(5).now } as const;
      await settleOutbox(tx, { id: first?.id ?? '', owner: null }, end);
    });
    const again = await office.write((tx) => retryNotice(tx, id, { ...act(6), unsureToo: false }));
    expect(again.ok && again.messages.map(({ said }) => said.attachment?.id)).toEqual([await pictureIdOf(id)]);
  });

  it('can have another one or none while it is a draft, and the log knows', async () => {
    const id = await withPoster();
    const first = await pictureIdOf(id);
    expect(await office.write((tx) => setPicture(tx, id, OTHER_POSTER, act(1)))).toBe(true);
    expect(await pictureIdOf(id)).not.toBe(first);
    expect(await office.write((tx) => removePicture(tx, id, act(2)))).toBe(true);
    const [message] = await released(id);
    expect(message?.said.attachment).toBeUndefined();
    const audit = await office.write((tx) => listAudit(tx, STAGE_COMMUNITY, { limit: 10 }));
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['notice.picture', 'notice.picture-away']),
    );
  });

  it('keeps it from the moment it is let go', async () => {
    const id = await withPoster();
    const before = await pictureIdOf(id);
    await office.write((tx) => releaseNotice(tx, id, act()));
    expect(await office.write((tx) => removePicture(tx, id, act(1)))).toBe(false);
    expect(await office.write((tx) => setPicture(tx, id, OTHER_POSTER, act(1)))).toBe(false);
    expect(await pictureIdOf(id)).toBe(before);
  });

  it('is nobody else’s: the notice of another community cannot show it', async () => {
    const pictureId = await pictureIdOf(await withPoster());
    expect(await office.write((tx) => findAttachment(tx, 'another', pictureId ?? ''))).toBeNull();
    expect(await pictureIdOf(await made('somebody-elses'))).toBeNull();
  });
});

describe('pictures that no notice shows', () => {
  it('go after a day, those that one shows stay', async () => {
    const id = await withPoster();
    const first = await pictureIdOf(id);
    await office.write((tx) => setPicture(tx, id, OTHER_POSTER, act(1)));
    const second = await pictureIdOf(id);
    const kept = () =>
      office.write(async (tx) => [
        (await readAttachment(tx, first ?? '')) !== null,
        (await readAttachment(tx, second ?? '')) !== null,
      ]);
    expect(await forget(-1)).toBe(false);
    expect(await kept()).toEqual([true, true]);
    await forget(1);
    expect(await kept()).toEqual([false, true]);
  });

  it('stay while a copy of the notice shows them', async () => {
    const first = await withPoster();
    const pictureId = await pictureIdOf(first);
    const second = await made(pictureId);
    await office.write((tx) => removePicture(tx, first, act(1)));
    await forget(1);
    expect(await pictureIdOf(second)).toBe(pictureId);
    expect(await office.write((tx) => readAttachment(tx, pictureId ?? ''))).not.toBeNull();
  });
});
