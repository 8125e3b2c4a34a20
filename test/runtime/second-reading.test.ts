/** While a model is asked: nobody else waits, nothing is lost, nothing happens twice, and the bill has an end. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Content } from '../../src/content/content.ts';
import { OFFICE } from '../support/committee.ts';
import { forEachStore } from '../support/for-each-store.ts';
import { meaning } from '../support/llm-server.ts';
import { type ModelOnStage, type ModelWish, putModelOnStage } from '../support/model-on-stage.ts';
import { STAGE_COMMUNITY, STAGE_START, type Stage, setStage } from '../support/stage.ts';
import type { OpenTestStore } from '../support/test-store.ts';
import { VOLUNTEER_COMMANDS } from '../support/volunteers.ts';

let stage: Stage;
let model: ModelOnStage;
afterEach(async () => {
  model.server.letGo();
  await stage.close();
  await model.close();
});

async function open(wish: ModelWish = {}, openStore?: OpenTestStore): Promise<void> {
  model = await putModelOnStage(wish);
  stage = await setStage({ ...OFFICE, second: model.second, ...(openStore === undefined ? {} : { openStore }) });
}

// Nothing that any rule knows.
const RIDDLE = '呜啦啦荧光灯管呜啦啦';
const LAMP = { says: meaning('waste.ask', { item: '荧光灯管' }) };
let messages = 0;

/** As a platform brings it: resolves when it has had its effect or is kept. */
function hear(who: string, text: string, { group, id }: { group?: string; id?: string } = {}): Promise<void> {
  messages += 1;
  return stage.channel.hear({
    channel: 'web',
    account: STAGE_COMMUNITY,
    messageId: id ?? `second-${messages}`,
    chat: group === undefined ? { address: `private:${who}`, kind: 'direct' } : { address: group, kind: 'group' },
    sender: { address: who, displayName: `${who}的网名` },
    text,
    mentioned: group !== undefined,
    at: stage.clock.now(),
  });
}

async function settled(): Promise<void> {
  await stage.bot.intake.idle();
  await stage.bot.dispatcher.idle();
}

function heardBy(place: string): string[] {
  const here = stage.channel.delivered.filter(({ chat }) => chat.address === place);
  return here.map((one) => stage.spoken(one).key);
}

async function untilAsked(times = 1): Promise<void> {
  await expect.poll(() => model.server.asked.length, { timeout: 20_000, interval: 5 }).toBe(times);
}

async function signUp(who: string, name: string): Promise<void> {
  await VOLUNTEER_COMMANDS.activity(stage, '周六植树 2026-11-21 09:00-11:00');
  await hear(who, `我叫${name}，报名周六植树，电话13812345678`);
  await settled();
}

function later(ms: number): void {
  stage.clock.set(new Date(stage.clock.now().getTime() + ms));
}

forEachStore((openStore) => {
  describe('while a model thinks', () => {
    test('whoever brought the message is free at once, and others are answered', async () => {
      await open({}, openStore);
      model.server.hold();
      model.server.replies.push(LAMP);
      await hear('lin', RIDDLE);
      await untilAsked();
      await hear('wang', '大骨头扔哪个桶');
      await stage.bot.dispatcher.idle();
      expect({ lin: heardBy('private:lin'), wang: heardBy('private:wang') }).toEqual({
        lin: [],
        wang: ['waste.answer-note'],
      });
      model.server.letGo();
      await settled();
      expect(heardBy('private:lin')).toEqual(['waste.answer-note']);
    });

    test('what the same person says next waits for its turn, and whoever brought it does not', async () => {
      await open({}, openStore);
      model.server.hold();
      model.server.replies.push(LAMP);
      await hear('lin', RIDDLE);
      await untilAsked();
      await hear('lin', '你能干啥');
      await hear('lin', '谢谢啊');
      await stage.bot.dispatcher.idle();
      expect(heardBy('private:lin')).toEqual([]);
      model.server.letGo();
      await settled();
      expect(heardBy('private:lin')).toEqual(['waste.answer-note', 'desk.help', 'desk.thanks']);
    });

    test('three messages at the same moment keep their order', async () => {
      await open({}, openStore);
      model.server.replies.push(LAMP);
      await Promise.all([hear('lin', RIDDLE), hear('lin', '你能干啥'), hear('lin', '谢谢啊')]);
      await settled();
      expect(heardBy('private:lin')).toEqual(['waste.answer-note', 'desk.help', 'desk.thanks']);
    });

    test('the message delivered again has one answer and one question', async () => {
      await open({}, openStore);
      model.server.hold();
      model.server.replies.push(LAMP);
      await hear('lin', RIDDLE, { id: 'same' });
      await untilAsked();
      await Promise.all([1, 2, 3].map(() => hear('lin', RIDDLE, { id: 'same' })));
      model.server.letGo();
      await settled();
      await hear('lin', RIDDLE, { id: 'same' });
      await settled();
      expect({ said: heardBy('private:lin'), asked: model.server.asked.length }).toEqual({
        said: ['waste.answer-note'],
        asked: 1,
      });
    });

    test('a stop waits for the answer, and it is said once', async () => {
      await open({}, openStore);
      model.server.hold();
      model.server.replies.push(LAMP);
      await hear('lin', RIDDLE);
      await untilAsked();
      const restarted = stage.restart();
      model.server.letGo();
      await restarted;
      await stage.tick();
      expect(heardBy('private:lin')).toEqual(['waste.answer-note']);
    });

    test('a message whose process died is answered by the next one, without a model, and in order', async () => {
      await open({}, openStore);
      model.server.hold();
      await hear('lin', RIDDLE);
      await untilAsked();
      await hear('lin', '谢谢啊');
      later(59_000);
      await stage.tick();
      expect(heardBy('private:lin')).toEqual([]);
      // Nobody lives that long with a question to a model: it is taken up as what a dead process has left.
      later(2_000);
      // A look that was under way by itself has seen the clock as it was before.
      await stage.tick();
      await stage.tick();
      expect(heardBy('private:lin')).toEqual(['desk.unclear', 'desk.thanks']);
      model.server.letGo();
      await settled();
      expect({ said: heardBy('private:lin'), asked: model.server.asked.length }).toEqual({
        said: ['desk.unclear', 'desk.thanks'],
        asked: 1,
      });
    });

    test('whoever has themselves erased meanwhile is not answered any more', async () => {
      await open({}, openStore);
      await signUp('lin', '王秀英');
      model.server.hold();
      await hear('lin', RIDDLE, { group: 'group:3' });
      await untilAsked();
      await hear('lin', '把我的信息都删了');
      await hear('lin', '是的');
      await stage.bot.dispatcher.idle();
      expect(heardBy('private:lin').at(-1)).toBe('privacy.deleted');
      model.server.replies.push(LAMP);
      model.server.letGo();
      await settled();
      expect(heardBy('group:3')).toEqual([]);
    });
  });
});

describe('a model that is of no use', () => {
  test('leaves the message as without one, and is counted', async () => {
    await open();
    model.server.replies.push({ says: { status: 500 } }, { says: 'hang up' }, { says: 'no' });
    for (const who of ['lin', 'wang', 'zhao']) await hear(who, RIDDLE);
    await settled();
    expect(['lin', 'wang', 'zhao'].flatMap((who) => heardBy(`private:${who}`))).toEqual([
      'desk.unclear',
      'desk.unclear',
      'desk.unclear',
    ]);
    expect(model.counted.toSorted()).toEqual([
      'llm_answers_total answered',
      'llm_answers_total failed',
      'llm_answers_total unreachable',
      'llm_readings_total no-answer',
      'llm_readings_total no-answer',
      'llm_readings_total not-of-the-contract',
    ]);
  });

  test('and never ends is given up, and the person hears so', async () => {
    await open({ withinMs: 100 });
    model.server.otherwise = { says: 'silence' };
    await hear('lin', RIDDLE);
    await settled();
    expect({ said: heardBy('private:lin'), counted: model.counted[0] }).toEqual({
      said: ['desk.unclear'],
      counted: 'llm_answers_total too-slow',
    });
  });

  test('and failed five times is not asked again, so that nobody waits for it', async () => {
    await open();
    model.server.otherwise = { says: { status: 500 } };
    for (let time = 0; time < 7; time += 1) {
      await hear(`who${time}`, RIDDLE);
      await settled();
    }
    expect(model.server.asked).toHaveLength(5);
  });
});

test('a reader that fails in a way nobody thought of leaves the message as without one', async () => {
  model = await putModelOnStage();
  const second = (content: Content) => ({
    ...model.second(content),
    read: () => Promise.reject(new Error('thought of')),
  });
  stage = await setStage({ ...OFFICE, second });
  await hear('lin', RIDDLE);
  await settled();
  expect(heardBy('private:lin')).toEqual(['desk.unclear']);
});

describe('how often a model is asked has an end', () => {
  const DAY_MS = 24 * 60 * 60_000;

  async function ask(who: string, group?: string): Promise<number> {
    const before = model.server.asked.length;
    await hear(who, RIDDLE, group === undefined ? {} : { group });
    await stage.bot.intake.idle();
    return model.server.asked.length - before;
  }

  test('for a person, over a restart, until a day is over', async () => {
    await open({ aDay: { ofPerson: 2 } });
    expect([await ask('lin'), await ask('lin'), await ask('lin'), await ask('wang')]).toEqual([1, 1, 0, 1]);
    await stage.restart();
    expect(await ask('lin')).toBe(0);
    later(DAY_MS + 1);
    expect(await ask('lin')).toBe(1);
  });

  test('for a group', async () => {
    await open({ aDay: { ofGroup: 1 } });
    expect([await ask('lin', 'group:3'), await ask('wang', 'group:3'), await ask('wang', 'group:5')]).toEqual([
      1, 0, 1,
    ]);
  });

  test('for a community', async () => {
    await open({ aDay: { ofCommunity: 2 } });
    expect([await ask('lin'), await ask('wang'), await ask('zhao')]).toEqual([1, 1, 0]);
  });

  test('and may be none at all', async () => {
    await open({ aDay: { ofPerson: 0 } });
    expect(await ask('lin')).toBe(0);
    await settled();
    expect(heardBy('private:lin')).toEqual(['desk.unclear']);
  });
});

test('no name of whoever writes, of their group or their record leaves the house', async () => {
  await open();
  await signUp('lin', '王秀英');
  await hear('lin', 'lin的网名问秀英王秀英呜啦啦荧光灯管13812345678');
  await settled();
  expect(model.server.asked).toHaveLength(1);
  const { raw } = model.server.asked[0] ?? { raw: '' };
  for (const secret of ['lin的网名', '秀英', '13812345678', 'private:lin']) expect(raw).not.toContain(secret);
  expect(stage.clock.now()).toEqual(STAGE_START);
});
