/** Template cards, uploads, encrypted files and webhook robots, on the loopback WeCom itself. */
import { createDecipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cardFault } from '../../../support/wecom-server/card-rules.ts';
import { md5Of } from '../../../support/wecom-server/world.ts';
import { buttonCard, cardMessage, openServer } from './open-server.ts';

describe('a card', () => {
  const vote = {
    card_type: 'vote_interaction',
    main_title: { title: '选哪些？' },
    checkbox: { question_key: 'q', mode: 1, option_list: [{ id: '1', text: '节水' }] },
    submit_button: { text: '提交', key: 'submit' },
    task_id: 't',
  };
  const options = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `${index}`, text: '项' }));

  test.each([
    ['a button card', buttonCard('t'), 0],
    [
      'seven buttons',
      { ...buttonCard('t'), button_list: options(7).map(({ id, text }) => ({ key: id, text })) },
      40058,
    ],
    [
      'two buttons with one key',
      {
        ...buttonCard('t'),
        button_list: [
          { key: 'a', text: '一' },
          { key: 'a', text: '二' },
        ],
      },
      40058,
    ],
    ['no task id', { ...buttonCard('t'), task_id: undefined }, 40058],
    ['a task id with a dot', buttonCard('a.b'), 40058],
    ['a task id of 129 letters', buttonCard('a'.repeat(129)), 40058],
    ['no title', { ...buttonCard('t'), main_title: undefined }, 40058],
    ['a vote', vote, 0],
    ['twenty options', { ...vote, checkbox: { ...vote.checkbox, option_list: options(20) } }, 0],
    ['twenty-one options', { ...vote, checkbox: { ...vote.checkbox, option_list: options(21) } }, 40058],
    [
      'an option id of 129 bytes',
      { ...vote, checkbox: { ...vote.checkbox, option_list: [{ id: 'a'.repeat(129), text: '项' }] } },
      40058,
    ],
    ['a vote without a submit button', { ...vote, submit_button: undefined }, 40058],
    [
      'selections',
      { ...vote, card_type: 'multiple_interaction', select_list: [{ question_key: 'a', option_list: options(10) }] },
      0,
    ],
    [
      'eleven in a selection',
      { ...vote, card_type: 'multiple_interaction', select_list: [{ question_key: 'a', option_list: options(11) }] },
      40058,
    ],
    ['a notice without an action', { card_type: 'text_notice', main_title: { title: '通知' } }, 42045],
    ['a notice with one', { card_type: 'text_notice', card_action: { type: 1, url: 'https://a.example' } }, 0],
    ['an unknown kind', { ...buttonCard('t'), card_type: 'poster' }, 40058],
  ])('%s', (_, card, code) => {
    expect(cardFault(card)).toBe(code);
  });

  test('bears a number that is never used again', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    server.userSays(bot, 'lin', '你好');
    const to = { chatid: 'lin', chat_type: 1 };
    expect((await client.send('aibot_send_msg', { ...cardMessage(buttonCard('t1')), ...to })).errcode).toBe(0);
    expect((await client.send('aibot_send_msg', { ...cardMessage(buttonCard('t1')), ...to })).errcode).toBe(40058);
  });

  test('tells what was ticked, nested under the name of the event', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    server.userSays(bot, 'lin', '你好');
    await client.nextCallback();
    const two = { ...vote, checkbox: { ...vote.checkbox, option_list: options(2) } };
    await client.send('aibot_send_msg', { ...cardMessage(two), chatid: 'lin', chat_type: 1 });
    server.clickCard(bot, server.singleChat(bot, 'lin'), 'lin', 't', 'submit', { q: ['0', '1'] });
    expect((await client.nextCallback()).body?.event).toEqual({
      eventtype: 'template_card_event',
      template_card_event: {
        card_type: 'vote_interaction',
        event_key: 'submit',
        task_id: 't',
        selected_items: { selected_item: [{ question_key: 'q', option_ids: { option_id: ['0', '1'] } }] },
      },
    });
  });
});

describe('an upload', () => {
  const bytes = Buffer.alloc(700_000, 7);
  const init = { type: 'file', filename: '名单.xlsx', total_size: bytes.length, total_chunks: 2, md5: md5Of(bytes) };
  const chunk = (upload_id: unknown, chunk_index: number) => ({
    upload_id,
    chunk_index,
    base64_data: bytes.subarray(chunk_index * 524_288, (chunk_index + 1) * 524_288).toString('base64'),
  });

  test('is taken in pieces, in any order and repeatedly, and then shown', async () => {
    const { server, bot, subscribe } = await openServer();
    const client = await subscribe();
    server.userSays(bot, 'lin', '你好');
    const begun = await client.send('aibot_upload_media_init', init);
    const id = begun.body?.upload_id;
    expect((await client.send('aibot_upload_media_chunk', chunk(id, 1))).errcode).toBe(0);
    expect((await client.send('aibot_upload_media_finish', { upload_id: id })).errcode).toBe(40058);
    expect((await client.send('aibot_upload_media_chunk', chunk(id, 0))).errcode).toBe(0);
    expect((await client.send('aibot_upload_media_chunk', chunk(id, 0))).errcode).toBe(0);
    const done = await client.send('aibot_upload_media_finish', { upload_id: id });
    expect(done.body).toMatchObject({ type: 'file', created_at: '1795140000' });
    const push = async (msgtype: string) => {
      const content = { msgtype, [msgtype]: { media_id: done.body?.media_id }, chatid: 'lin', chat_type: 1 };
      return (await client.send('aibot_send_msg', content)).errcode;
    };
    expect(await push('file')).toBe(0);
    expect(await push('image')).toBe(40007);
    expect(server.screen(server.singleChat(bot, 'lin')).at(-1)).toMatchObject({ name: '名单.xlsx', bytes });
    server.world.clock.set(new Date(server.world.clock.now().getTime() + 3 * 86_400_000 + 1));
    expect(await push('file')).toBe(40007);
  });

  test('is refused where it is too big, too late, wrong inside, or one of too many', async () => {
    const { server, subscribe } = await openServer();
    const client = await subscribe();
    const begin = (more: object) => client.send('aibot_upload_media_init', { ...init, ...more });
    expect((await begin({ total_size: 20 * 1024 * 1024 + 1 })).errcode).toBe(45001);
    expect((await begin({ type: 'image', total_size: 10 * 1024 * 1024 + 1 })).errcode).toBe(45001);
    expect((await begin({ total_size: 4 })).errcode).toBe(45001);
    expect((await begin({ total_chunks: 101 })).errcode).toBe(40058);
    const wrong = (await begin({ md5: md5Of(Buffer.from('else')) })).body?.upload_id;
    for (const index of [0, 1]) await client.send('aibot_upload_media_chunk', chunk(wrong, index));
    expect((await client.send('aibot_upload_media_finish', { upload_id: wrong })).errcode).toBe(301019);
    const late = (await begin({})).body?.upload_id;
    server.world.clock.set(new Date(server.world.clock.now().getTime() + 30 * 60_000 + 1));
    expect((await client.send('aibot_upload_media_chunk', chunk(late, 0))).errcode).toBe(40058);
    for (let count = 0; count < 30; count += 1) expect((await begin({})).errcode).toBe(0);
    expect((await begin({})).errcode).toBe(45009);
  });
});

test('a picture that was sent can be fetched and opened for five minutes', async () => {
  const { server, bot, subscribe } = await openServer();
  const client = await subscribe();
  server.userSays(bot, 'lin', { image: Buffer.from('a picture of a bin') });
  const heard = await client.nextCallback();
  const Image = z.object({ image: z.object({ url: z.string(), aeskey: z.string() }) });
  const { url, aeskey } = Image.parse(heard.body).image;
  const response = await fetch(url);
  expect(response.headers.get('content-disposition')).toContain('photo.jpg');
  const key = Buffer.from(aeskey, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const opened = Buffer.concat([decipher.update(Buffer.from(await response.arrayBuffer())), decipher.final()]);
  expect(opened.length % 32).toBe(0);
  expect(opened.subarray(0, opened.length - (opened.at(-1) ?? 0)).toString()).toBe('a picture of a bin');
  server.advance(5 * 60_000 + 1);
  expect((await fetch(url)).status).toBe(404);
});

describe('a webhook robot', () => {
  async function post(url: string, body: object): Promise<unknown> {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    expect(response.status).toBe(200);
    return z.object({ errcode: z.number() }).parse(await response.json()).errcode;
  }
  const text = (content: string) => ({ msgtype: 'text', text: { content, mentioned_list: ['@all'] } });

  test('speaks 20 times a minute and mentions people', async () => {
    const { server } = await openServer();
    const { robot, url } = server.addRobot();
    for (let count = 0; count < 20; count += 1) expect(await post(url, text('开会'))).toBe(0);
    expect(await post(url, text('开会'))).toBe(45009);
    server.advance(60_001);
    expect(await post(url, text('开会'))).toBe(0);
    expect(robot.screen[0]).toEqual({ type: 'text', content: '开会', mentions: ['@all'] });
  });

  test('refuses a wrong key, what is too long, an unknown kind and a broken picture', async () => {
    const { server } = await openServer();
    const { url } = server.addRobot();
    expect(await post(`${url}x`, text('开会'))).toBe(93000);
    expect(await post(url, text('长'.repeat(683)))).toBe(40058);
    expect(await post(url, { msgtype: 'poster', poster: {} })).toBe(40008);
    server.faults.knowsMarkdownV2 = false;
    expect(await post(url, { msgtype: 'markdown_v2', markdown_v2: { content: '开会' } })).toBe(40008);
    const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(20)]);
    const image = (md5: string, bytes = png) => ({
      msgtype: 'image',
      image: { base64: bytes.toString('base64'), md5 },
    });
    expect(await post(url, image(md5Of(png)))).toBe(0);
    expect(await post(url, image('0'))).toBe(301019);
    const big = Buffer.concat([png, Buffer.alloc(2 << 20)]);
    expect(await post(url, image(md5Of(big), big))).toBe(40009);
  });

  test('takes a file in one request and shows it', async () => {
    const { server } = await openServer();
    const { robot, url } = server.addRobot();
    const upload = new URL(`${url.replace('/send', '/upload_media')}&type=file`);
    const send = async (bytes: string, to = upload) => {
      const form = new FormData();
      form.append('media', new Blob([bytes]), '名单.xlsx');
      const response = await fetch(to, { method: 'POST', body: form });
      return z.object({ errcode: z.number(), media_id: z.string().optional() }).parse(await response.json());
    };
    expect((await send('')).errcode).toBe(44001);
    expect((await send('rows of a list', new URL(`${upload}`.replace('key=', 'key=x')))).errcode).toBe(93000);
    const taken = await send('rows of a list');
    expect(taken.errcode).toBe(0);
    expect(await post(url, { msgtype: 'file', file: { media_id: taken.media_id } })).toBe(0);
    expect(robot.screen.at(-1)?.bytes?.toString()).toBe('rows of a list');
  });
});
