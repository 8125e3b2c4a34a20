/** The loopback WeChat itself, spoken to with the SDK as it is, so that the channel is not tested against a dream. */
import { FileBox } from 'file-box';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PuppetService } from 'wechaty-puppet-service';
import { PATIENCE } from '../../support/patience.ts';
import { groupNote } from '../../support/wechat-server/group-note.ts';
import {
  openWechatServer,
  type WechatServer,
  type WechatServerOptions,
} from '../../support/wechat-server/wechat-server.ts';

const GROUP_NOTE = 10;

class Client extends PuppetService {
  /** The SDK keeps names on disk, and throws past everybody when two clients of one process do so. */
  protected override hookPayloadStore(): void {}

  /** Told of a logout, the SDK tells the gateway to log out, which ends the new login if that came soon after. */
  override async logout(): Promise<void> {}
}

let open: { server: WechatServer; client: Client } | null = null;

afterEach(async () => {
  // The SDK reports the end of its own stream as an error.
  await open?.client.stop().catch(() => {});
  await open?.server.stop();
  open = null;
});

async function connect(options: WechatServerOptions = {}) {
  const server = await openWechatServer(options);
  const { endpoint, token } = server.gateway;
  const client = new Client({ endpoint, token, tls: { disable: options.tls !== true } });
  open = { server, client };
  const heard = hear(client);
  await client.start();
  if (options.loggedIn !== false) await vi.waitFor(() => expect(client.isLoggedIn).toBe(true), PATIENCE);
  return { ...server, client, heard };
}

function hear(client: Client): string[] {
  const heard: string[] = [];
  client.on('error', () => {});
  client.on('message', ({ messageId }) => {
    heard.push(messageId);
  });
  return heard;
}

describe('the loopback WeChat', () => {
  it('tells what is said in a group, with who was mentioned', async () => {
    const { world, client, heard } = await connect();
    const lin = world.addPerson('林阿姨');
    const room = world.addGroup('三栋群', [lin]);
    const id = world.says(lin, '你好', { room, mentionIds: [world.self] });
    await vi.waitFor(() => expect(heard).toEqual([id]), PATIENCE);
    const payload = await client.messagePayload(id);
    expect(payload).toMatchObject({ talkerId: lin, roomId: room, text: '你好', mentionIdList: [world.self] });
    expect((await client.roomPayload(room)).topic).toBe('三栋群');
    expect((await client.contactPayload(lin)).name).toBe('林阿姨');
  });

  it('tells a #接龙 with its title or with its XML', async () => {
    const { world, client, heard } = await connect();
    const lin = world.addPerson('林阿姨');
    const note = groupNote('周六捡垃圾', lin, [{ memberId: lin, text: '林 2人', at: new Date() }]);
    const id = world.says(lin, note.xml, { type: GROUP_NOTE });
    await vi.waitFor(() => expect(heard).toEqual([id]), PATIENCE);
    expect(await client.messagePayload(id)).toMatchObject({ type: GROUP_NOTE, text: note.xml });
  });

  it('keeps what is sent through it, texts, files and recalls, and gives ids', async () => {
    const { world, puppet, client } = await connect();
    const lin = world.addPerson('林阿姨');
    const room = world.addGroup('三栋群', [lin]);
    const textId = await client.messageSendText(room, '@林阿姨 好', [lin]);
    const fileId = await client.messageSendFile(room, FileBox.fromBuffer(Buffer.from('png'), 'poster.png'));
    expect(await client.messageRecall(String(textId))).toBe(true);
    expect(puppet.texts).toEqual([{ id: textId, conversationId: room, text: '@林阿姨 好', mentionIds: [lin] }]);
    expect(puppet.files).toMatchObject([{ id: fileId, conversationId: room, name: 'poster.png' }]);
    expect(Buffer.from(puppet.files[0]?.bytes ?? []).toString()).toBe('png');
    expect(puppet.recalled).toEqual([textId]);
  });

  it('tells the account its own messages', async () => {
    const { world, client, heard } = await connect();
    const id = await client.messageSendText(world.addPerson('林阿姨'), '好');
    await vi.waitFor(() => expect(heard).toEqual([id]), PATIENCE);
    expect((await client.messagePayload(String(id))).talkerId).toBe(world.self);
  });

  it('fails a send as it is told, with what the account said in the middle of a trace', async () => {
    const { world, puppet, client } = await connect();
    const lin = world.addPerson('林阿姨');
    puppet.faults.push({ what: 'refused', error: new Error('发送消息过于频繁') });
    await expect(client.messageSendText(lin, '一')).rejects.toMatchObject({ code: 2 });
    await client.messageSendText(lin, '二');
    expect(puppet.texts.map(({ text }) => text)).toEqual(['二']);
  });

  it('loses the answer to what it has sent', async () => {
    const { world, puppet, gateway, client } = await connect();
    const lin = world.addPerson('林阿姨');
    puppet.faults.push({ what: 'sent-but', after: gateway.breakConnections });
    await expect(client.messageSendText(lin, '一')).rejects.toBeInstanceOf(Error);
    expect(puppet.texts).toHaveLength(1);
  });

  it('drops what happens while nobody is connected', async () => {
    const { world, gateway, heard } = await connect();
    const lin = world.addPerson('林阿姨');
    await gateway.goDown();
    world.says(lin, '有人吗');
    await gateway.comeBack();
    const client = new Client({ ...gateway, tls: { disable: true } });
    const heardLater = hear(client);
    await client.start();
    const id = world.says(lin, '在吗');
    await vi.waitFor(() => expect(heardLater).toEqual([id]), PATIENCE);
    expect(heard).toEqual([]);
    await client.stop();
  });

  it('turns away a token that is not its own', async () => {
    const { gateway } = await connect();
    const stranger = new Client({ ...gateway, token: 'insecure_other', tls: { disable: true } });
    stranger.on('error', () => {});
    await expect(stranger.start()).rejects.toMatchObject({ code: 16 });
  });

  it('speaks TLS with the certificate of the package', async () => {
    const { world, heard } = await connect({ tls: true });
    const id = world.says(world.addPerson('林阿姨'), '你好');
    await vi.waitFor(() => expect(heard).toEqual([id]), PATIENCE);
  });

  it('gives everybody a new id at a new login, where the protocol does so', async () => {
    const { world, client } = await connect({ ids: 'of-this-login' });
    const lin = world.addPerson('林阿姨');
    const room = world.addGroup('三栋群', [lin]);
    const self = world.self;
    const { newIdOf } = await world.logInAnew();
    expect([newIdOf(lin), newIdOf(room), world.self]).not.toEqual([lin, room, self]);
    await vi.waitFor(async () => expect((await client.contactPayload(newIdOf(lin))).name).toBe('林阿姨'), PATIENCE);
    await expect(client.messageSendText(room, '好')).rejects.toThrow('does not exist');
  });

  it('shows a login code', async () => {
    const { world, client } = await connect({ loggedIn: false });
    const codes: (string | undefined)[] = [];
    client.on('scan', ({ qrcode }) => {
      codes.push(qrcode);
    });
    world.showLoginCode('https://login.weixin.qq.com/l/abc');
    await vi.waitFor(() => expect(codes).toEqual(['https://login.weixin.qq.com/l/abc']), PATIENCE);
    world.logIn();
    await vi.waitFor(() => expect(client.isLoggedIn).toBe(true), PATIENCE);
  });
});
