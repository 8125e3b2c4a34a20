/** What people do on Telegram is heard, once, in order, and confirmed only when it is kept. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTelegramStage, type StageOptions, stateIs, type TelegramStage, until } from './telegram-stage.ts';

const KEY = '0198a5b2-7c3d-7e11-9a44-52d3a1b0c9ff';
let stage: TelegramStage;

async function open(options?: StageOptions): Promise<void> {
  stage = await openTelegramStage(options);
  await stage.start();
}

beforeEach(() => open());
afterEach(() => stage.end());

/** Everything the server had queued is heard and confirmed. */
function settled(): Promise<void> {
  return until(() => stage.server.queue.pending === 0 && stage.server.isPolled());
}

test('a private message is handed over with who, where and when', async () => {
  const { server, heard } = stage;
  const lin = server.people.addPerson('林', { id: 4_242 });
  server.people.say(lin, server.world.chat(lin.id), '我家承诺自带购物袋 😀');
  await settled();
  expect(heard).toEqual([
    {
      channel: 'telegram',
      account: '123456789',
      messageId: '4242/1',
      chat: { address: '4242', kind: 'direct' },
      sender: { address: '4242', displayName: '林' },
      text: '我家承诺自带购物袋 😀',
      mentioned: true,
      at: expect.any(Date),
    },
  ]);
});

test('in a group the own name goes from the words, whatever is spoken to the bot is marked, the rest is not shown', async () => {
  const { server, heard } = stage;
  const lin = server.people.addPerson('林');
  const group = server.people.addGroup('3号楼', [lin]);
  await stage.send(group.id, { text: '大家好' });
  const replyTo = server.world.newestIn(group.id);
  const say = (text: string, more?: object) => server.people.say(lin, group, text, more);
  say('@lvlin_bot 报名 周六河边');
  say('报名 周六河边 @LVLIN_bot');
  say('/help@lvlin_bot');
  say('好的', replyTo === undefined ? {} : { replyTo });
  say('大家早');
  const named = { type: 'text_mention', offset: 0, length: 3, user: { id: server.world.bot.id } };
  say('@绿邻 退出', { replyTo, extra: { entities: [named] } });
  say('@lvlin_bot', { extra: { reply_to_message: { message_id: 1, text: '大骨头扔哪' } } });
  await settled();
  const said = heard.flatMap((one) => ('text' in one ? [[one.text, one.mentioned, one.chat.title]] : []));
  expect(said).toEqual([
    ['报名 周六河边', true, '3号楼'],
    ['报名 周六河边', true, '3号楼'],
    ['help', true, '3号楼'],
    ['好的', true, '3号楼'],
    ['退出', true, '3号楼'],
    ['大骨头扔哪', true, '3号楼'],
  ]);
});

test('where privacy mode is off, what is not for the bot is marked so, and the log says that it is off', async () => {
  await stage.end();
  await open({ server: { privacy: false } });
  const { server, heard } = stage;
  const lin = server.people.addPerson('林');
  const group = server.people.addGroup('3号楼', [lin]);
  for (const text of ['大家早', '/help@other_bot', '@other_bot 你好']) server.people.say(lin, group, text);
  await settled();
  expect(heard).toMatchObject([
    { text: '大家早', mentioned: false },
    { text: '/help@other_bot', mentioned: false },
    { text: '@other_bot 你好', mentioned: false },
  ]);
  expect(stage.logged.map(({ message }) => message)).toContain('privacy mode is off: groups show the bot everything');
});

test('what comes without words is told by its kind, and an album is one message', async () => {
  const { server, heard } = stage;
  const lin = server.people.addPerson('林');
  const chat = server.world.chat(lin.id);
  for (const kind of ['photo', 'document', 'voice', 'video', 'sticker', 'location'] as const) {
    server.people.attach(lin, chat, kind);
  }
  server.people.attach(lin, chat, 'photo', '这是什么垃圾');
  for (let picture = 0; picture < 3; picture += 1) {
    server.people.say(lin, chat, '', { extra: { text: undefined, photo: [], media_group_id: '77' } });
  }
  await settled();
  const told = heard.map((one) => ('text' in one ? [one.text, one.attached] : []));
  expect(told.slice(0, 7)).toEqual([
    ['', 'image'],
    ['', 'file'],
    ['', 'voice'],
    ['', 'video'],
    ['', 'other'],
    ['', 'other'],
    ['这是什么垃圾', 'image'],
  ]);
  const album = heard.slice(7).map((one) => ('messageId' in one ? one.messageId : ''));
  expect(album).toEqual(Array(3).fill(`${lin.id}/album/77`));
});

test('a link opens the chat with its code, and adds the bot to a group with its code', async () => {
  const { server, heard } = stage;
  const lin = server.people.addPerson('林');
  server.people.open(lin);
  server.people.open(lin, 'QN7-42_a');
  const group = server.people.addGroup('3号楼', [lin], { bot: 'left' });
  server.people.addBot(lin, group, 'GROUP9');
  await settled();
  const address = String(group.id);
  expect(heard).toMatchObject([
    { event: 'opened', chat: { kind: 'direct' }, sender: { displayName: '林' } },
    { event: 'opened', code: 'QN7-42_a' },
    { event: 'added', chat: { address, kind: 'group', title: '3号楼' } },
    { event: 'added', chat: { address }, code: 'GROUP9', sender: { address: String(lin.id) } },
  ]);
  expect(heard[0]).not.toHaveProperty('code');
  expect(new Set(heard.map((one) => ('eventId' in one ? one.eventId : ''))).size).toBe(4);
});

test('thrown out, blocked and dissolved are told as removed, becoming an administrator is not told', async () => {
  const { server, heard } = stage;
  const lin = server.people.addPerson('林');
  const [kicked, gone] = [server.people.addGroup('3号楼', [lin]), server.people.addGroup('4号楼', [lin])];
  server.people.setBot(lin, kicked, 'administrator');
  server.people.setBot(lin, kicked, 'kicked');
  server.people.dissolve(lin, gone);
  server.people.open(lin);
  server.people.setBot(lin, server.world.chat(lin.id), 'blocked');
  await settled();
  const events = heard.map((one) => ['event' in one && one.event, one.chat.address]);
  expect(events).toEqual([
    ['removed', String(kicked.id)],
    ['removed', String(gone.id)],
    ['opened', String(lin.id)],
    ['removed', String(lin.id)],
  ]);
});

test('a join is one event, whether the group shows a note, a change of membership or both', async () => {
  const { server, heard } = stage;
  const [lin, wang, zhao] = ['林', '王', '赵'].map((name) => server.people.addPerson(name));
  if (lin === undefined || wang === undefined || zhao === undefined) throw new Error('nobody is there');
  const group = server.people.addGroup('3号楼', [], { bot: 'administrator' });
  server.people.join(lin, group);
  server.people.join(wang, group, { serviceMessage: false });
  server.people.setBot(lin, group, 'member');
  server.people.join(zhao, group);
  server.people.leave(zhao, group);
  await settled();
  const joined = heard.flatMap((one) => ('event' in one && one.event === 'joined' ? [one] : []));
  expect(new Set(joined.map(({ eventId }) => eventId)).size).toBe(3);
  expect(new Set(joined.map(({ sender }) => sender?.displayName))).toEqual(new Set(['林', '王', '赵']));
});

test('a group that becomes a supergroup moves once, told from both sides', async () => {
  const { server, heard } = stage;
  const lin = server.people.addPerson('林');
  const old = server.people.addGroup('3号楼', [lin]);
  const moved = server.people.migrate(lin, old);
  await settled();
  const event = { event: 'moved', eventId: `moved/${old.id}`, movedTo: String(moved.id) };
  expect(heard).toMatchObject([event, event]);
  expect(heard.map(({ chat }) => chat.address)).toEqual([String(old.id), String(old.id)]);
});

test('a press is answered at once and means what the choice says, also from an earlier process', async () => {
  const { server, heard, choices } = stage;
  const lin = server.people.addPerson('林');
  server.people.open(lin);
  choices.set(`${KEY}/1`, '报名 周六河边');
  await stage.send(
    lin.id,
    {
      text: '去吗',
      choices: [
        { label: '不去', say: '不' },
        { label: '去', say: '' },
      ],
    },
    KEY,
  );
  const message = server.world.newestIn(lin.id);
  if (message === undefined) throw new Error('nothing was sent');
  const press = server.people.press(lin, message, '去');
  server.people.press(lin, message, '不去');
  await settled();
  expect(heard.slice(1)).toMatchObject([
    { text: '报名 周六河边', mentioned: true, messageId: `press/${press}`, sender: { address: String(lin.id) } },
    // Forgotten by now, so its label stands for it.
    { text: '不去' },
  ]);
  await until(
    () => server.calls.filter(({ method, status }) => method === 'answerCallbackQuery' && status === 200).length === 2,
  );
  for (const { callback_data } of message.buttons.flat()) {
    expect(Buffer.byteLength(callback_data ?? '')).toBeLessThanOrEqual(64);
    expect(callback_data).not.toContain('报名');
  }
});

test('what is said after a press is heard after it, however long it takes to know what the press meant', async () => {
  const { server, heard, choices } = stage;
  const lin = server.people.addPerson('林');
  const wang = server.people.addPerson('王');
  server.people.open(lin);
  await stage.send(lin.id, { text: '去吗', choices: [{ label: '去', say: '去' }] }, KEY);
  const message = server.world.newestIn(lin.id);
  if (message === undefined) throw new Error('nothing was sent');
  let know = () => {};
  const known = new Promise<void>((resolve) => {
    know = resolve;
  });
  Object.assign(choices, { get: () => known.then(() => '去') });
  server.people.press(lin, message, '去');
  server.people.say(lin, server.world.chat(lin.id), '两个人');
  server.people.say(wang, server.world.chat(wang.id), '你好');
  await until(() => heard.length === 2);
  expect(heard[1]).toMatchObject({ text: '你好' });
  know();
  await settled();
  expect(heard.slice(2)).toMatchObject([{ text: '去' }, { text: '两个人' }]);
});

test('bots, channels, anonymous administrators, notes of the service, edits and words of yesterday are not heard', async () => {
  const { server, heard } = stage;
  const lin = server.people.addPerson('林');
  const group = server.people.addGroup('3号楼', [lin]);
  server.people.echo(server.world.bot, group, '@lvlin_bot 我自己');
  server.people.echo({ id: 42, is_bot: true, first_name: 'other' }, group, '@lvlin_bot 别的');
  server.people.echo({ id: 777_000, is_bot: false, first_name: 'Telegram' }, group, '@lvlin_bot 通知');
  server.people.echo({ id: 1_087_968_824, is_bot: true, first_name: 'Group' }, group, '@lvlin_bot 匿名');
  server.people.say(lin, group, '@lvlin_bot', { extra: { text: undefined, pinned_message: {} } });
  const yesterday = Math.floor(Date.now() / 1_000) - 90_000;
  server.people.say(lin, group, '@lvlin_bot 昨天', { extra: { date: yesterday } });
  const id = server.people.say(lin, group, '@lvlin_bot 现在');
  server.people.edit(lin, group, id, '@lvlin_bot 改了');
  await settled();
  expect(heard).toMatchObject([{ text: '现在' }]);
  expect(server.queue.allowed).toEqual(['message', 'callback_query', 'my_chat_member', 'chat_member']);
});

test('an update that makes no sense is left behind, and what follows is heard', async () => {
  const { server, heard, logged } = stage;
  server.queue.push('message', { message_id: 'x', chat: null });
  server.queue.push('message', null);
  server.queue.push('callback_query', { id: 5, data: 'x' });
  server.queue.push('my_chat_member', { chat: { id: 1 } });
  const lin = server.people.addPerson('林');
  server.people.say(lin, server.world.chat(lin.id), '你好');
  await settled();
  expect(heard).toMatchObject([{ text: '你好' }]);
  expect(logged.filter(({ message }) => message === 'an update could not be read').length).toBeGreaterThanOrEqual(3);
});

test('many updates are stored side by side, in order within a chat, and confirmed when all are stored', async () => {
  const { server, heard } = stage;
  const people = Array.from({ length: 20 }, (_, number) => server.people.addPerson(`p${number}`));
  let waiting: (() => void)[] = [];
  stage.keep = () => new Promise((resolve) => waiting.push(resolve));
  // The poll under way takes the first alone.
  for (let word = 0; word < 10; word += 1) {
    for (const person of people) server.people.say(person, server.world.chat(person.id), String(word));
  }
  await until(() => waiting.length === 100);
  expect(server.queue.pending).toBe(200);
  expect(server.isPolled()).toBe(false);
  for (const keep of waiting.splice(0)) keep();
  await until(() => waiting.length === 100);
  expect(server.queue.pending).toBe(100);
  for (const keep of waiting.splice(0)) keep();
  await settled();
  waiting = [];
  for (const person of people) {
    const words = heard.flatMap((one) => ('text' in one && one.sender.address === String(person.id) ? [one.text] : []));
    expect(words).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  }
});

test('what cannot be kept is not confirmed, comes again, and the account is degraded meanwhile', async () => {
  const { server, heard, channel, logged } = stage;
  const lin = server.people.addPerson('林');
  let broken = true;
  stage.keep = async (one) => {
    if (broken && 'text' in one && one.text === '2') throw new Error('the disk is full');
  };
  const polls = () => server.calls.filter(({ method }) => method === 'getUpdates').length;
  for (const text of ['1', '2', '3']) server.people.say(lin, server.world.chat(lin.id), text);
  await stateIs(channel, 'degraded');
  const before = polls();
  await until(() => polls() > before + 1);
  // The first is kept and confirmed, the second is not.
  expect(server.queue.pending).toBe(2);
  broken = false;
  await settled();
  expect(channel.status().state).toBe('online');
  const texts = heard.map((one) => ('text' in one ? one.text : ''));
  expect(texts.slice(0, 3)).toEqual(['1', '2', '3']);
  expect(texts.slice(-2)).toEqual(['2', '3']);
  expect(texts.filter((text) => text === '1')).toHaveLength(1);
  expect(JSON.stringify(logged)).not.toContain('disk is full');
});

test('stopping ends what is being stored, confirms it and nothing else', async () => {
  const { server, channel } = stage;
  const lin = server.people.addPerson('林');
  let kept = () => {};
  stage.keep = () => new Promise((resolve) => (kept = resolve));
  server.people.say(lin, server.world.chat(lin.id), '1');
  await until(() => stage.heard.length === 1);
  server.people.say(lin, server.world.chat(lin.id), '2');
  const stopped = channel.stop();
  expect(server.queue.pending).toBe(2);
  kept();
  await stopped;
  expect(server.queue.pending).toBe(1);
  expect(channel.status().state).toBe('offline');
  stage.keep = async () => {};
  await stage.start();
  await settled();
  expect(stage.heard.map((one) => ('text' in one ? one.text : ''))).toEqual(['1', '2']);
});
