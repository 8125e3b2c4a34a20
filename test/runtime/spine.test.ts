/** The way of a message, with features that only count: exactly once, in order, and never lost. */
import { afterEach, describe, expect, test } from 'vitest';
import { LvlinError } from '../../src/model/errors.ts';
import type { ChatEvent, Inbound } from '../../src/model/inbound.ts';
import type { Outgoing } from '../../src/model/outgoing.ts';
import type { Understood } from '../../src/model/understanding.ts';
import type { Feature, Outcome, Turn } from '../../src/runtime/feature.ts';
import { addToCounter, readCounters, WHOLE_COMMUNITY } from '../../src/store/counter-table.ts';
import { fatesOf } from '../../src/store/outbox-table.ts';
import { erasePerson } from '../../src/store/person-table.ts';
import { listOpenTasks } from '../../src/store/task-table.ts';
import { STAGE_COMMUNITY, STAGE_START, type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
afterEach(() => stage.close());

/** What is said to it is what is meant; anything else is for nobody. */
function understand({ text }: { text: string }): Understood {
  return { intent: text.startsWith('help') ? 'help' : 'none', slots: {} };
}

function counting(act: (turn: Turn) => Outcome | Promise<Outcome> = () => ({ messages: [reply('counted')] })): Feature {
  return {
    name: 'counting',
    intents: ['help'],
    texts: {},
    act: async (turn) => {
      await addToCounter(turn.tx, turn.community.id, WHOLE_COMMUNITY, 'spine.acts', 1);
      return act(turn);
    },
  };
}

function reply(key: string, more: Partial<Outgoing> = {}): Outgoing {
  return { to: 'here', said: { key, variables: {} }, ...more };
}

function inbound(messageId: string, text = 'help', more: Partial<Inbound> = {}): Inbound {
  return {
    channel: 'web',
    account: STAGE_COMMUNITY,
    messageId,
    chat: { address: 'private:lin', kind: 'direct' },
    sender: { address: 'lin' },
    text,
    mentioned: false,
    at: STAGE_START,
    ...more,
  };
}

function happened(event: ChatEvent['event'], eventId: string, chat: ChatEvent['chat'] = inbound('').chat): ChatEvent {
  const { channel, account, sender, at } = inbound('');
  return { event, channel, account, eventId, chat, sender, at };
}

async function openTasks(): Promise<string[]> {
  const tasks = await stage.store.read((tx) => listOpenTasks(tx, STAGE_COMMUNITY, 10));
  return tasks.map(({ kind }) => kind);
}

async function acts(): Promise<number> {
  const counts = await stage.store.read((tx) => readCounters(tx, STAGE_COMMUNITY, 'spine.'));
  return counts.reduce((sum, count) => sum + count.value, 0);
}

function said(): string[] {
  return stage.channel.delivered.map((one) => one.message.text);
}

describe('hearing', () => {
  test('the same message delivered five times at once has one effect and one reply', async () => {
    stage = await setStage({ understand, features: () => [counting()] });
    await Promise.all([1, 2, 3, 4, 5].map(() => stage.channel.hear(inbound('same'))));
    await stage.bot.dispatcher.idle();
    expect({ acts: await acts(), said: said() }).toEqual({ acts: 1, said: ['counted'] });
  });

  test('a message in a group that is not for the bot leaves no trace', async () => {
    stage = await setStage({ understand, features: () => [counting()] });
    const group = { address: 'group:3', kind: 'group' as const };
    await stage.channel.hear(inbound('m1', 'lunch?', { chat: group }));
    const rows = await stage.store.read((tx) =>
      Promise.all([
        tx.db.selectFrom('inbox').selectAll().execute(),
        tx.db.selectFrom('chat').selectAll().execute(),
        tx.db.selectFrom('person').selectAll().execute(),
      ]),
    );
    expect({ rows: rows.flat(), said: said() }).toEqual({ rows: [], said: [] });
  });

  test('whoever blocked the bot and opens the chat again is answered', async () => {
    stage = await setStage({ understand, features: () => [counting()] });
    await stage.channel.hear(inbound('m1'));
    await stage.channel.hear(happened('removed', 'e1'));
    await stage.channel.hear(happened('opened', 'e2'));
    await stage.channel.hear(inbound('m2'));
    await stage.bot.dispatcher.idle();
    expect(said()).toEqual(['counted', 'counted', 'counted']);
  });

  test('a group that was lost is back with the first word to the bot, and its task is settled', async () => {
    stage = await setStage({ understand, features: () => [counting()] });
    const group = { address: 'group:3', kind: 'group' as const };
    await stage.channel.hear(inbound('m1', 'help', { chat: group, mentioned: true }));
    await stage.channel.hear(happened('removed', 'e1', group));
    expect(await openTasks()).toEqual(['group-gone']);
    await stage.channel.hear(inbound('m2', 'help', { chat: group, mentioned: true }));
    await stage.bot.dispatcher.idle();
    expect({ said: said(), tasks: await openTasks() }).toEqual({ said: ['counted', 'counted'], tasks: [] });
  });

  test('a record that cannot be opened holds up one message, not all that are delivered after it', async () => {
    const broken = counting(() => {
      throw new LvlinError('sealed-wrong');
    });
    stage = await setStage({ understand, features: () => [broken] });
    await stage.channel.hear(inbound('m1'));
    await stage.bot.intake.retryKept();
    await stage.bot.intake.retryKept();
    expect(await openTasks()).toEqual(['message-failed']);
  });

  test('a message that fails before it is known whose it is is confirmed, and leaves no words; the next is answered', async () => {
    let isBroken = true;
    const homeOf = async () => {
      if (isBroken) throw new LvlinError('sealed-wrong');
      return STAGE_COMMUNITY;
    };
    stage = await setStage({ understand, features: () => [counting()], homeOf });
    await stage.channel.hear(inbound('m1', 'a secret'));
    expect(await stage.store.read(({ db }) => db.selectFrom('inbox').select('message_id').execute())).toEqual([]);
    isBroken = false;
    await stage.channel.hear(inbound('m2'));
    await stage.bot.dispatcher.idle();
    expect({ said: said(), tasks: await openTasks() }).toEqual({ said: ['counted'], tasks: [] });
  });

  test('a message of a known chat that fails before anybody acts is kept, and at last shown to the worker', async () => {
    let isBroken = false;
    const codeGiven = async () => {
      if (isBroken) throw new Error('a bug');
      return null;
    };
    stage = await setStage({ understand, features: () => [counting()], codeGiven });
    await stage.channel.hear(inbound('m1'));
    isBroken = true;
    await stage.channel.hear(inbound('m2', 'help me'));
    await stage.bot.intake.retryKept();
    await stage.bot.intake.retryKept();
    const tasks = await stage.store.read((tx) => listOpenTasks(tx, STAGE_COMMUNITY, 10));
    expect(tasks.map(({ kind, text }) => [kind, text])).toEqual([['message-failed', 'help me']]);
  });

  test('a fault of the database before it is known whose a message is leaves it to the platform to bring it again', async () => {
    const homeOf = async () => {
      throw new LvlinError('database-unreachable');
    };
    stage = await setStage({ understand, features: () => [counting()], homeOf });
    await expect(stage.channel.hear(inbound('m1'))).rejects.toThrow();
  });

  test('many people at once are all answered, each in their own chat', async () => {
    stage = await setStage({ understand, features: () => [counting()] });
    const people = Array.from({ length: 300 }, (_, index) => `p${index}`);
    await Promise.all(
      people.map((name) =>
        stage.channel.hear(
          inbound(name, 'help', { chat: { address: `private:${name}`, kind: 'direct' }, sender: { address: name } }),
        ),
      ),
    );
    await stage.bot.dispatcher.idle();
    expect(new Set(stage.channel.delivered.map((one) => one.chat.address)).size).toBe(300);
    expect(await acts()).toBe(300);
  });

  test('answers in one chat keep the order of what was said', async () => {
    let count = 0;
    const numbered = counting(() => {
      count += 1;
      return { messages: [reply(`answer ${count}`)] };
    });
    stage = await setStage({ understand, features: () => [numbered] });
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => stage.channel.hear(inbound(`m${index}`, `help ${index}`))),
    );
    await stage.bot.dispatcher.idle();
    expect(said()).toEqual(Array.from({ length: 50 }, (_, index) => `answer ${index + 1}`));
  });

  test('what a failing feature wrote is undone; the message is kept, tried again, and at last shown to the worker', async () => {
    let tries = 0;
    const failing = counting(() => {
      tries += 1;
      throw new Error('a bug');
    });
    stage = await setStage({ understand, features: () => [failing] });
    await stage.channel.hear(inbound('m1', 'help me'));
    expect({ tries, acts: await acts() }).toEqual({ tries: 1, acts: 0 });
    await stage.bot.intake.retryKept();
    await stage.bot.intake.retryKept();
    await stage.bot.intake.retryKept();
    const tasks = await stage.store.read((tx) => listOpenTasks(tx, STAGE_COMMUNITY, 10));
    expect({ tries, tasks: tasks.map((task) => [task.kind, task.text]) }).toEqual({
      tries: 3,
      tasks: [['message-failed', 'help me']],
    });
  });

  test('the words of a message given up are kept in the task of its person alone, and its id for a week', async () => {
    const failing = counting(({ text }) => {
      if (text === 'help me') throw new Error('a bug');
      return { messages: [] };
    });
    stage = await setStage({ understand, features: () => [failing] });
    await stage.channel.hear(inbound('m1'));
    await stage.channel.hear(inbound('m2', 'help me'));
    for (const _ of [2, 3]) await stage.bot.intake.retryKept();
    const rows = () =>
      stage.store.read(async (tx) => ({
        people: await tx.db.selectFrom('person').select('id').execute(),
        heard: await tx.db.selectFrom('inbox').select(['state', 'body_sealed']).orderBy('message_id').execute(),
      }));
    const { people, heard } = await rows();
    expect(heard).toEqual(['handled', 'dead'].map((state) => ({ state, body_sealed: null })));
    const [task] = await stage.store.read((tx) => listOpenTasks(tx, STAGE_COMMUNITY, 10));
    expect([task?.text, task?.personId]).toEqual(['help me', people[0]?.id]);
    stage.clock.set(new Date(STAGE_START.getTime() + 8 * 24 * 3_600_000));
    await stage.tick();
    expect((await rows()).heard).toEqual([]);
  });

  test('a message kept after a failure has its effect once when the cause is gone', async () => {
    let broken = true;
    const feature = counting(() => {
      if (broken) throw new Error('a bug');
      return { messages: [reply('counted')] };
    });
    stage = await setStage({ understand, features: () => [feature] });
    await stage.channel.hear(inbound('m1'));
    broken = false;
    await stage.bot.intake.retryKept();
    await stage.channel.hear(inbound('m1'));
    await stage.bot.dispatcher.idle();
    expect({ acts: await acts(), said: said() }).toEqual({ acts: 1, said: ['counted'] });
  });
});

describe('whoever is erased while a message of theirs waits for another try', () => {
  /** Fails at once for `bad`, erases its sender for `erase`. */
  function eraser(): Feature {
    return {
      ...counting(),
      act: async ({ tx, text, person }) => {
        if (text === 'bad') throw new Error('a bug');
        if (text === 'erase') await erasePerson(tx, person);
        return { messages: [] };
      },
    };
  }
  const help = (): Understood => ({ intent: 'help', slots: {} });
  const left = () =>
    stage.store.read(async (tx) => ({
      addresses: await tx.db.selectFrom('person_address').select('address').execute(),
      words: await tx.db.selectFrom('inbox').select('body_sealed').where('body_sealed', 'is not', null).execute(),
    }));

  test.each([
    [
      'before it',
      async () => stage.channel.hear(inbound('m2', 'bad')).then(() => stage.channel.hear(inbound('m3', 'erase'))),
    ],
    ['after it', async () => Promise.all(['bad', 'erase'].map((text) => stage.channel.hear(inbound(text, text))))],
  ])('is not made anew by it, and its words are gone: kept %s', async (_, talk) => {
    stage = await setStage({ understand: help, features: () => [eraser()] });
    await stage.channel.hear(inbound('m1', 'hello'));
    await talk();
    await stage.bot.intake.retryKept();
    expect(await left()).toEqual({ addresses: [], words: [] });
  });
});

describe('sending', () => {
  const notice = (more: Partial<Outgoing> = {}) => reply('notice', { kind: 'notice', subjectId: 'n1', ...more });

  test('a reply that surely did not leave is tried again', async () => {
    stage = await setStage({ understand, features: () => [counting()] });
    stage.channel.faults.push({ fate: 'not-sent', code: 'http-500' });
    await stage.channel.hear(inbound('m1'));
    await stage.bot.dispatcher.idle();
    expect(said()).toEqual([]);
    stage.clock.set(new Date(STAGE_START.getTime() + 61_000));
    await stage.tick();
    expect(said()).toEqual(['counted']);
  });

  test('later answers in a chat wait behind one that is tried again', async () => {
    let count = 0;
    const numbered = counting(() => {
      count += 1;
      return { messages: [reply(`answer ${count}`)] };
    });
    stage = await setStage({ understand, features: () => [numbered] });
    stage.channel.faults.push({ fate: 'not-sent', code: 'http-429', retryAfterMs: 5_000 });
    await stage.channel.hear(inbound('m1'));
    await stage.channel.hear(inbound('m2'));
    await stage.bot.dispatcher.idle();
    stage.clock.set(new Date(STAGE_START.getTime() + 6_000));
    await stage.tick();
    expect(said()).toEqual(['answer 1', 'answer 2']);
  });

  test('a reply whose arrival is unsure is said once more; a notice is not, and the worker is asked', async () => {
    const feature = counting(() => ({ messages: [notice()] }));
    stage = await setStage({ understand, features: () => [feature] });
    stage.channel.faults.push({ fate: 'unknown', code: 'timeout' });
    await stage.channel.hear(inbound('m1'));
    await stage.tick();
    stage.clock.set(new Date(STAGE_START.getTime() + 3_600_000));
    await stage.tick();
    const fates = await stage.store.read((tx) => fatesOf(tx, 'n1'));
    const tasks = await stage.store.read((tx) => listOpenTasks(tx, STAGE_COMMUNITY, 10));
    expect({ said: said(), fates: fates.map((one) => one.fate), tasks: tasks.map((task) => task.kind) }).toEqual({
      said: ['notice'],
      fates: ['unknown'],
      tasks: ['message-unsure'],
    });
  });

  test('after five refusals a notice is refused and shown to the worker', async () => {
    const feature = counting(() => ({ messages: [notice()] }));
    stage = await setStage({ understand, features: () => [feature] });
    for (let fault = 0; fault < 9; fault += 1) stage.channel.faults.push({ fate: 'not-sent', code: 'http-500' });
    await stage.channel.hear(inbound('m1'));
    for (let hour = 0; hour < 8; hour += 1) {
      await stage.tick();
      stage.clock.set(new Date(stage.clock.now().getTime() + 3_600_000));
    }
    const fates = await stage.store.read((tx) => fatesOf(tx, 'n1'));
    expect(fates.map((one) => one.fate)).toEqual(['refused']);
    expect(stage.channel.faults.length).toBe(4);
  });

  test('nothing is sent after its time, and of several with one collapse key only the newest', async () => {
    let count = 0;
    const feature = counting(() => {
      count += 1;
      const late = notice({
        notAfter: new Date(STAGE_START.getTime() + 1_000),
        said: { key: `late ${count}`, variables: {} },
      });
      const newest = notice({ collapseKey: 'tip', said: { key: `tip ${count}`, variables: {} } });
      return { messages: [late, newest].map((one) => ({ ...one, runAt: new Date(STAGE_START.getTime() + 5_000) })) };
    });
    stage = await setStage({ understand, features: () => [feature] });
    await stage.channel.hear(inbound('m1'));
    await stage.channel.hear(inbound('m2'));
    stage.clock.set(new Date(STAGE_START.getTime() + 10_000));
    await stage.tick();
    expect(said()).toEqual(['tip 2']);
  });

  test('a group hears what it did not ask for once a day, by day, and urgent notices at any time', async () => {
    const group = { address: 'group:3', kind: 'group' as const, title: '3' };
    let urgent = false;
    const feature = counting(() => ({ messages: [notice({ urgent })] }));
    stage = await setStage({ understand, features: () => [feature] });
    const heardAt = async (id: string, at: string) => {
      stage.clock.set(new Date(`${at}:00+08:00`));
      await stage.channel.hear(inbound(id, 'help', { chat: group, mentioned: true }));
      await stage.tick();
      return said().length;
    };
    expect(await heardAt('m1', '2026-11-18T10:00')).toBe(1);
    expect(await heardAt('m2', '2026-11-18T15:00')).toBe(1);
    urgent = true;
    expect(await heardAt('m3', '2026-11-18T22:00')).toBe(2);
    stage.clock.set(new Date('2026-11-19T08:29:00+08:00'));
    await stage.tick();
    expect(said().length).toBe(2);
    stage.clock.set(new Date('2026-11-19T08:30:00+08:00'));
    await stage.tick();
    expect(said().length).toBe(3);
  });

  test('of two that waited through the night for the same group one goes in the morning, the other a day later', async () => {
    const group = { address: 'group:3', kind: 'group' as const, title: '3' };
    stage = await setStage({ understand, features: () => [counting(() => ({ messages: [notice(), notice()] }))] });
    stage.clock.set(new Date('2026-11-18T21:30:00+08:00'));
    await stage.channel.hear(inbound('m1', 'help', { chat: group, mentioned: true }));
    const counts: number[] = [];
    for (const morning of ['2026-11-19', '2026-11-20']) {
      stage.clock.set(new Date(`${morning}T08:31:00+08:00`));
      await stage.tick();
      counts.push(said().length);
    }
    expect(counts).toEqual([1, 2]);
  });

  test('what stood behind a message that failed while the bot was stopping goes out after the next start', async () => {
    const group = { address: 'group:3', kind: 'group' as const, title: '3' };
    const messages = ['first', 'second'].map((key) => notice({ said: { key, variables: {} }, urgent: true }));
    stage = await setStage({ understand, features: () => [counting(() => ({ messages }))] });
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    stage.channel.deliver = async () => {
      begun.resolve();
      await end.promise;
      return { fate: 'not-sent', code: 'http-400', final: true };
    };
    await stage.channel.hear(inbound('m1', 'help', { chat: group, mentioned: true }));
    stage.bot.dispatcher.nudge();
    await begun.promise;
    const restarted = stage.restart();
    end.resolve();
    await restarted;
    const fates = await stage.store.read((tx) => fatesOf(tx, 'n1'));
    expect({ said: said(), fates: fates.map((one) => one.fate) }).toEqual({
      said: ['second'],
      fates: ['refused', 'sent'],
    });
  });

  test('what a dead process had taken: a reply is said again, a tip is dropped, a notice is shown to the worker', async () => {
    const messages = [reply('reply'), reply('tip', { kind: 'tip', subjectId: 't' }), notice()];
    stage = await setStage({ understand, features: () => [counting(() => ({ messages }))] });
    await stage.channel.hear(inbound('m1'));
    await stage.tick();
    await stage.store.write(async (tx) => {
      await tx.db.updateTable('outbox').set({ state: 'sending', owner: 'dead' }).execute();
    });
    stage.channel.delivered.length = 0;
    await stage.restart();
    const fates = await stage.store.read((tx) => Promise.all([fatesOf(tx, 't'), fatesOf(tx, 'n1')]));
    expect({ said: said(), fates: fates.flat().map((one) => one.fate) }).toEqual({
      said: ['reply'],
      fates: ['expired', 'unknown'],
    });
  });
});

describe('an open question', () => {
  function asking(): Feature {
    return {
      ...counting(() => ({
        messages: [reply('asked')],
        ask: { step: 'one', version: 1, question: { kind: 'give-name' }, answers: {} },
      })),
      unclear: async ({ conversation }) => (conversation?.step === 'one' ? { messages: [reply('asked again')] } : null),
    };
  }

  function desk(): Feature {
    return { name: 'desk', intents: ['none'], texts: {}, act: async () => ({ messages: [reply('not understood')] }) };
  }

  test('is asked again when the answer was not understood, and stands', async () => {
    stage = await setStage({ understand, features: () => [asking(), desk()] });
    for (const [index, text] of ['help', 'mumble', 'mumble'].entries()) {
      await stage.channel.hear(inbound(`m${index}`, text));
    }
    await stage.bot.dispatcher.idle();
    expect(said()).toEqual(['asked', 'asked again', 'asked again']);
  });

  test('of a kind that only another version knows is none, and whoever writes is heard', async () => {
    stage = await setStage({ understand, features: () => [asking(), desk()] });
    await stage.channel.hear(inbound('m1'));
    await stage.store.write((tx) =>
      tx.db.updateTable('conversation').set({ question: '{"kind":"give-riddle"}' }).execute(),
    );
    await stage.channel.hear(inbound('m2', 'mumble'));
    await stage.bot.dispatcher.idle();
    expect(said()).toEqual(['asked', 'not understood']);
  });

  test('of nobody leaves what was not understood to the desk', async () => {
    stage = await setStage({ understand, features: () => [asking(), desk()] });
    await stage.channel.hear(inbound('m1', 'mumble'));
    await stage.bot.dispatcher.idle();
    expect(said()).toEqual(['not understood']);
  });
});
