/** Messages in and out of WeChat, over real gRPC. */
import { readdir } from 'node:fs/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PATIENCE } from '../../support/patience.ts';
import { groupNote } from '../../support/wechat-server/group-note.ts';
import { BOT_NAME } from '../../support/wechat-server/wechat-world.ts';
import { type OpenOptions, type OpenWechat, openWechat, tell } from './open-wechat.ts';

let open: OpenWechat | null = null;

afterEach(async () => {
  await open?.close();
  open = null;
});

async function online(options: OpenOptions = {}): Promise<OpenWechat> {
  open = await openWechat(options);
  const { channel, sink } = open;
  await channel.start(sink);
  await vi.waitFor(() => expect(channel.status().state).toBe('online'), PATIENCE);
  return open;
}

describe('what is said in WeChat', () => {
  it('comes in from a private chat, with who said it', async () => {
    const { world, said } = await online();
    const lin = world.addPerson('林阿姨');
    const seconds = Math.floor(Date.now() / 1000);
    const id = world.says(lin, '我家承诺节水', { timestamp: seconds });
    world.says(lin, '两次', { timestamp: seconds * 1000 + 1 });
    await vi.waitFor(() => expect(said).toHaveLength(2), PATIENCE);
    expect(said[0]).toMatchObject({
      channel: 'wechat',
      account: 'wechat',
      chat: { address: lin, kind: 'direct' },
      sender: { address: lin, displayName: '林阿姨' },
      text: '我家承诺节水',
      mentioned: false,
      messageId: id,
    });
    expect(said.map(({ at }) => at.getTime())).toEqual([seconds * 1000, seconds * 1000 + 1]);
  });

  it('comes in from a group with its title and the name used there', async () => {
    const { world, said } = await online();
    const lin = world.addPerson('海阔天空');
    const room = world.addGroup('三栋群', [lin]);
    world.nameInRoom(room, lin, '3-501 林');
    world.says(lin, '今天真热', { room });
    await vi.waitFor(() => expect(said).toHaveLength(1), PATIENCE);
    expect(said[0]).toMatchObject({
      chat: { address: room, kind: 'group', title: '三栋群' },
      sender: { address: lin, displayName: '3-501 林' },
      mentioned: false,
    });
  });

  it.each([
    ['by the list, wherever the name stands', `大骨头扔哪 @${BOT_NAME}\u2005`, true],
    ['by its name at the beginning, where the puppet tells no list', `@${BOT_NAME}\u2005大骨头扔哪`, false],
    ['by the name it has in the group', '@小绿 大骨头扔哪', false],
    ['by a name nobody told it of, where the list has it', '@绿绿绿\u2005大骨头扔哪', true],
  ])('is for the bot when it is named %s', async (_how, text, isListed) => {
    const { world, said } = await online();
    const lin = world.addPerson('林阿姨');
    const room = world.addGroup('三栋群', [lin]);
    world.nameInRoom(room, world.self, '小绿');
    world.says(lin, text, { room, mentionIds: isListed ? [world.self] : [] });
    await vi.waitFor(() => expect(said).toHaveLength(1), PATIENCE);
    expect(said[0]).toMatchObject({ text: '大骨头扔哪', mentioned: true });
  });

  it('is for the bot when somebody answers what it said', async () => {
    const { world, said } = await online();
    const lin = world.addPerson('林阿姨');
    const room = world.addGroup('三栋群', [lin]);
    world.says(lin, `「${BOT_NAME}：周六捡垃圾，谁来？」\n- - - - - - - - - - - - - - -\n我来`, { room });
    await vi.waitFor(() => expect(said).toHaveLength(1), PATIENCE);
    expect(said[0]).toMatchObject({ text: '我来', mentioned: true });
  });

  it('comes in once when the puppet tells it twice, and never when the account said it', async () => {
    const { world, said, channel } = await online();
    const lin = world.addPerson('林阿姨');
    const id = world.says(lin, '一');
    world.tellAgain(id);
    await tell(channel, lin, '好');
    world.says(lin, '二');
    await vi.waitFor(() => expect(said.map(({ text }) => text)).toEqual(['一', '二']), PATIENCE);
  });

  it('keeps its order within a chat', async () => {
    const { world, said } = await online();
    const lin = world.addPerson('林阿姨');
    const texts = Array.from({ length: 40 }, (_, index) => String(index));
    for (const text of texts) world.says(lin, text);
    await vi.waitFor(() => expect(said).toHaveLength(40), PATIENCE);
    expect(said.map(({ text }) => text)).toEqual(texts);
  });

  it('leaves out what is older than a day, and what public accounts and WeChat itself say', async () => {
    const { world, said } = await online();
    const lin = world.addPerson('林阿姨');
    world.says(lin, '昨天', { timestamp: Date.now() - 25 * 3_600_000 });
    world.says(world.addPerson('某公众号', 2), '促销');
    world.says(lin, '刚才', { timestamp: Math.floor(Date.now() / 1000) - 300 });
    await vi.waitFor(() => expect(said.map(({ text }) => text)).toEqual(['刚才']), PATIENCE);
  });

  it('hands on a native #接龙 with its words and who wrote them, also where the puppet takes it for something else', async () => {
    const { world, said } = await online();
    const lin = world.addPerson('林阿姨');
    const room = world.addGroup('三栋群', [lin]);
    const { title, xml } = groupNote('周六 9点 & 南门 💪🏻', lin, [{ memberId: lin, text: '林 2人', at: new Date() }]);
    world.says(lin, title, { room, type: 10 });
    world.says(lin, xml, { room, type: 10 });
    world.says(lin, `${lin}:\n${xml}`, { room, type: 14 });
    await vi.waitFor(() => expect(said).toHaveLength(3), PATIENCE);
    expect(said.map(({ text }) => text)).toEqual([title, title, title]);
    const written = [{ author: lin, text: '林 2人' }];
    expect(said[0]?.chain).toBeUndefined();
    expect(said.slice(1).map(({ chain }) => chain)).toMatchObject([{ entries: written }, { entries: written }]);
  });

  it('says that a picture came, without what the platform writes in its place', async () => {
    const { world, said } = await online();
    world.says(world.addPerson('林阿姨'), '<msg><img/></msg>', { type: 6 });
    await vi.waitFor(() => expect(said).toHaveLength(1), PATIENCE);
    expect(said[0]).toMatchObject({ text: '', attached: 'image' });
  });

  it('is tried again when it could not be kept, with the next ones of the chat behind it', async () => {
    const kept: string[] = [];
    let fails = 2;
    const { world } = await online({
      sink: async (heard) => {
        if ('event' in heard) return;
        if (fails > 0) {
          fails -= 1;
          throw new Error('disk full');
        }
        kept.push(heard.text);
      },
    });
    const lin = world.addPerson('林阿姨');
    world.says(lin, '一');
    world.says(lin, '二');
    await vi.waitFor(() => expect(kept).toEqual(['一', '二']), PATIENCE);
  });
});

describe('what happens to groups', () => {
  it('is told: people join, the bot is added, the bot is taken out', async () => {
    const { world, happened } = await online();
    const lin = world.addPerson('林阿姨');
    const wang = world.addPerson('王伯');
    const room = world.addGroup('三栋群', [lin]);
    world.joins(room, wang, lin);
    world.joins(room, world.self, lin);
    world.leaves(room, wang, lin);
    world.leaves(room, world.self, lin);
    await vi.waitFor(
      () => expect(happened.map(({ event }) => event)).toEqual(['joined', 'added', 'removed']),
      PATIENCE,
    );
    expect(happened[0]).toMatchObject({
      chat: { address: room, kind: 'group', title: '三栋群' },
      sender: { address: wang, displayName: '王伯' },
    });
    expect(happened[1]).toMatchObject({ sender: { address: lin } });
    expect(new Set(happened.map(({ eventId }) => eventId)).size).toBe(3);
  });

  it('is told when somebody and the bot have become contacts', async () => {
    const { world, happened } = await online();
    const lin = world.addPerson('林阿姨');
    world.befriends(lin);
    await vi.waitFor(() => expect(happened).toHaveLength(1), PATIENCE);
    expect(happened[0]).toMatchObject({
      event: 'opened',
      chat: { address: lin, kind: 'direct' },
      sender: { address: lin, displayName: '林阿姨' },
    });
  });

  it('does no harm when it makes no sense', async () => {
    const { world, puppet, said, happened } = await online();
    const lin = world.addPerson('林阿姨');
    const room = world.addGroup('三栋群', [lin]);
    for (const event of ['room-join', 'room-leave', 'message', 'friendship', 'login'])
      Reflect.apply(puppet.emit, puppet, [event, { roomId: 5, messageId: null, inviteeIdList: 'x' }]);
    puppet.emit('message', { messageId: 'nobody-wrote-this' });
    puppet.emit('friendship', { friendshipId: 'nobody-asked' });
    puppet.emit('room-join', { roomId: 'nowhere@chatroom', inviteeIdList: [''], inviterId: '', timestamp: 0 });
    world.says(lin, '还在吗', { room });
    await vi.waitFor(() => expect(said.map(({ text }) => text)).toEqual(['还在吗']), PATIENCE);
    expect(happened).toEqual([]);
  });

  it('shows in the title at once', async () => {
    const { world, said } = await online();
    const lin = world.addPerson('林阿姨');
    const room = world.addGroup('三栋群', [lin]);
    world.says(lin, '一', { room });
    await vi.waitFor(() => expect(said[0]?.chat.title).toBe('三栋群'), PATIENCE);
    world.renames(room, '三栋大家庭', lin);
    world.says(lin, '二', { room });
    await vi.waitFor(() => expect(said[1]?.chat.title).toBe('三栋大家庭'), PATIENCE);
  });
});

describe('what is sent to WeChat', () => {
  it('is plain text with numbered choices and the link under it', async () => {
    const { world, puppet, channel } = await online();
    const lin = world.addPerson('林阿姨');
    const outcome = await tell(channel, lin, '周六**河边**，来吗？', {
      choices: [
        { label: '来', say: '来' },
        { label: '不来', say: '不来' },
      ],
      link: { label: '详情', url: 'http://127.0.0.1/a' },
    });
    expect(outcome).toEqual({ fate: 'sent' });
    expect(puppet.texts.map(({ text }) => text)).toEqual([
      '周六河边，来吗？\n1. 来\n2. 不来\n回数字就行\n详情\nhttp://127.0.0.1/a',
    ]);
  });

  it('is cut where a reader would pause when it is long, and goes in order', async () => {
    const { world, puppet, channel } = await online();
    const lin = world.addPerson('林阿姨');
    const text = Array.from({ length: 150 }, (_, index) => `第${index}条，请大家留意。`).join('');
    expect(await tell(channel, lin, text)).toEqual({ fate: 'sent' });
    expect(puppet.texts.length).toBeGreaterThan(1);
    expect(puppet.texts.map(({ text }) => text).join('')).toBe(text);
    expect(puppet.texts.every(({ text }) => text.length <= 1_000)).toBe(true);
  });

  it('brings its picture, byte for byte, small and large', async () => {
    const bytes = new Map([
      ['small', new Uint8Array(Buffer.from('png'))],
      ['large', new Uint8Array(200_000).fill(7)],
    ]);
    const { world, puppet, channel } = await online({ readFile: async (id) => bytes.get(id) ?? null });
    const room = world.addGroup('三栋群', []);
    for (const id of ['small', 'large']) {
      const attachment = { kind: 'image', id, name: `${id}.png`, mediaType: 'image/png' } as const;
      expect(await tell(channel, room, '海报', { attachment, isGroup: true })).toEqual({ fate: 'sent' });
    }
    expect(puppet.files.map(({ name, conversationId }) => [name, conversationId])).toEqual([
      ['small.png', room],
      ['large.png', room],
    ]);
    expect(
      puppet.files.map((file) => Buffer.compare(file.bytes, bytes.get(file.name.slice(0, -4)) ?? file.bytes)),
    ).toEqual([0, 0]);
  });

  it('is not begun when its file is gone or cannot be read, and the next one goes', async () => {
    let file: Uint8Array | null | Error = null;
    const readFile = async () => {
      if (file instanceof Error) throw file;
      return file;
    };
    const { world, puppet, channel } = await online({ readFile });
    const lin = world.addPerson('林阿姨');
    const attachment = { kind: 'image', id: 'x', name: 'x.png', mediaType: 'image/png' } as const;
    expect(await tell(channel, lin, '海报', { attachment })).toEqual({
      fate: 'not-sent',
      code: 'file-gone',
      final: true,
    });
    file = new Error('the database is gone');
    expect(await tell(channel, lin, '海报', { attachment })).toMatchObject({ fate: 'not-sent', code: 'server-error' });
    expect(puppet.texts).toEqual([]);
    file = new Uint8Array([1]);
    expect(await tell(channel, lin, '海报', { attachment })).toEqual({ fate: 'sent' });
  });

  it('goes on where it was refused when it is tried again', async () => {
    const { world, puppet, channel } = await online({ readFile: async () => new Uint8Array([1]) });
    const lin = world.addPerson('林阿姨');
    const attachment = { kind: 'image', id: 'x', name: 'x.png', mediaType: 'image/png' } as const;
    const refused = Object.assign(new Error('busy'), { code: 8, details: 'busy' });
    puppet.faults.push({ what: 'slow', ms: 0 }, { what: 'refused', error: refused });
    const first = await tell(channel, lin, '海报', { attachment, key: 'poster' });
    expect(first).toEqual({ fate: 'not-sent', code: 'rate-limited', final: true });
    expect(await tell(channel, lin, '海报', { attachment, key: 'poster' })).toEqual({ fate: 'sent' });
    expect([puppet.texts.length, puppet.files.length]).toEqual([1, 1]);
  });

  it('leaves nothing of people on the disk, and no token anywhere in the log', async () => {
    const { world, channel, home, gateway, logged, puppet } = await online();
    const lin = world.addPerson('林阿姨');
    puppet.faults.push({ what: 'refused', error: new Error(`token ${gateway.token} said 你好`) });
    await tell(channel, lin, '你好');
    await tell(channel, lin, '你好');
    const files = await readdir(home);
    expect(files.every((file) => /^wechat-[\da-f]{16}\.json(\.bak)?$/.test(file))).toBe(true);
    expect(logged.join('\n')).not.toContain(gateway.token);
    expect(logged.join('\n')).not.toContain('你好');
  });
});
