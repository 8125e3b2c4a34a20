/** An address of this computer is of use on its own pages alone. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChannelName } from '../../src/model/channel-name.ts';
import { writeEffects } from '../../src/runtime/outgoing-writer.ts';
import { insertChat } from '../../src/store/chat-table.ts';
import { findCommunity } from '../../src/store/community-table.ts';
import { STAGE_START as now, STAGE_COMMUNITY, type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage({ features: () => [] });
});
afterEach(() => stage.close());

it.each([
  ['telegram', 'http://127.0.0.1:8787', undefined],
  ['wecom', 'http://localhost:8787', undefined],
  ['web', 'http://127.0.0.1:8787', 'http://127.0.0.1:8787/c/1/pledge'],
  ['telegram', 'https://lvlin.example.org', 'https://lvlin.example.org/c/1/pledge'],
] as const)('on %s, with pages at %s, the link is %s', async (channel, publicUrl, url) => {
  expect(await linkSaid(channel, publicUrl)).toBe(url);
});

function linkSaid(channel: ChannelName, publicUrl: string): Promise<string | undefined> {
  return stage.store.write(async (tx) => {
    const community = await findCommunity(tx, STAGE_COMMUNITY);
    if (community === null) throw new Error('the stage has lost its community');
    const chat = await insertChat(tx, {
      communityId: community.id,
      channel,
      account: 'a',
      address: 'someone',
      kind: 'group',
      title: null,
      areaId: null,
      personId: null,
      now,
    });
    const said = { key: 'k', variables: {}, link: { label: { key: 'form', variables: {} }, path: '/c/1/pledge' } };
    const parts = { render: (_: string, key: string) => key, owner: 'test', publicUrl };
    const [departing] = await writeEffects(
      tx,
      parts,
      { community, now, feature: 'test' },
      { messages: [{ to: { chatId: chat.id }, said }] },
    );
    return departing?.message.message.link?.url;
  });
}
