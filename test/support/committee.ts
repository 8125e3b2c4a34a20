/** What the committee does in dialogues: set up groups, write notices, answer what waits for them. */

import { answerTask } from '../../src/features/front-desk/front-desk-service.ts';
import {
  createNotice,
  releaseNotice,
  retryNotice,
  takeBackNotice,
} from '../../src/features/notices/notices-service.ts';
import { confirmDays } from '../../src/features/tips/announced-days-service.ts';
import { setGroupTips } from '../../src/features/tips/tips-service.ts';
import { answerUnknownWaste } from '../../src/features/waste-guide/waste-guide-service.ts';
import type { Outgoing } from '../../src/model/outgoing.ts';
import { WASTE_CLASSES } from '../../src/model/waste-item.ts';
import { syncSchedules } from '../../src/runtime/schedule-sync.ts';
import { insertChat, listGroups } from '../../src/store/chat-table.ts';
import { updateCommunity } from '../../src/store/community-table.ts';
import { listNotices } from '../../src/store/notice-table.ts';
import type { Transaction } from '../../src/store/store.ts';
import { listOpenTasks } from '../../src/store/task-table.ts';
import type { DialogueParts } from './dialogue.ts';
import { STAGE_COMMUNITY, type Stage } from './stage.ts';
import { WHOLE_BOT } from './whole-bot.ts';

/** `silent` commands check the worker's inbox; all others do what a click on a page does. */
export const OFFICE: DialogueParts = {
  ...WHOLE_BOT,
  commands: {
    group: async (stage, title) => {
      await stage.store.write((tx) =>
        insertChat(tx, {
          communityId: STAGE_COMMUNITY,
          channel: 'web',
          account: STAGE_COMMUNITY,
          address: `group:${title}`,
          kind: 'group',
          title,
          areaId: null,
          personId: null,
          now: stage.clock.now(),
        }),
      );
    },
    schedule: async (stage) => {
      // The look of the start may still be under way; a tick that came now would be taken for part of it.
      await stage.tick();
      const community = await stage.community();
      await stage.store.write((tx) =>
        syncSchedules(tx, WHOLE_BOT.features(stage.content), community, stage.clock.now()),
      );
    },
    scheme: async (stage, wasteScheme) => {
      const community = await stage.community();
      const settings = { ...community.settings, wasteScheme };
      await stage.store.write((tx) => updateCommunity(tx, { ...community, settings }));
    },
    /** `notice [receipt] [urgent] text`: to every group, at once on its way. */
    notice: async (stage, rest) => {
      const [, receipt, urgent, text = ''] = /^(receipt )?(urgent )?(.*)$/u.exec(rest) ?? [];
      await stage.store.write(async (tx) => {
        const chatIds = (await listGroups(tx, STAGE_COMMUNITY)).map(({ id }) => id);
        const urgentReason = urgent === undefined ? null : '停水';
        const draft = { text, urgentReason, asksReceipt: receipt !== undefined, chatIds };
        const made = await createNotice(tx, draft, act(stage));
        if (!made.ok) throw new Error(made.why);
        const released = await releaseNotice(tx, made.noticeId, act(stage));
        if (!released.ok) throw new Error(released.why);
      });
    },
    'take-back': async (stage, expected) => {
      const result = await stage.store.write(async (tx) => takeBackNotice(tx, await newestNotice(tx), act(stage)));
      const found = result.ok ? result.how : result.why;
      if (found !== expected) throw new Error(`taking back ended as ${found}`);
    },
    retry: async (stage) => {
      await follow(stage, 'notices', async (tx) => {
        const result = await retryNotice(tx, await newestNotice(tx), { ...act(stage), unsureToo: false });
        return result.ok ? result.messages : [];
      });
    },
    /** How many tasks wait, by kind: `tasks question question`. */
    tasks: async (stage, kinds) => {
      const tasks = await stage.store.read((tx) => listOpenTasks(tx, STAGE_COMMUNITY, 50));
      const found = tasks.map(({ kind }) => kind).join(' ');
      if (found !== kinds) throw new Error(`the worker has: ${found}`);
    },
    /** To the oldest task. */
    worker: async (stage, text) => {
      await follow(stage, 'front-desk', async (tx) => {
        const result = await answerTask(tx, stage.content, { ...act(stage), taskId: await oldestTask(tx), text });
        if (!result.ok) throw new Error(result.why);
        return result.messages;
      });
    },
    /** `sorts other keep 先拆开`: the class, whether it is kept as a rule, the note. */
    sorts: async (stage, rest) => {
      const [name = '', keep = '', note = ''] = rest.split(' ');
      const wasteClass = WASTE_CLASSES.find((one) => one === name);
      if (wasteClass === undefined) throw new Error(`no class ${name}`);
      const community = await stage.community();
      await follow(stage, 'waste-guide', async (tx) => {
        const taskId = await oldestTask(tx);
        const reply = { taskId, class: wasteClass, note, keep: keep === 'keep', staffId: null, now: stage.clock.now() };
        const result = await answerUnknownWaste(tx, stage.content, community, reply);
        if (!result.ok) throw new Error(result.why);
        return result.messages;
      });
    },
    'tips-off': async (stage, title) => {
      await stage.store.write(async (tx) => {
        const group = (await listGroups(tx, STAGE_COMMUNITY)).find((one) => one.title === title);
        await setGroupTips(tx, { communityId: STAGE_COMMUNITY, chatId: group?.id ?? '' }, { on: false, ...act(stage) });
      });
    },
    /** `announce energy-week 2026-05-18 2026-05-24` */
    announce: async (stage, rest) => {
      const [eventId = '', from = '', to = ''] = rest.split(' ');
      const year = Number(from.slice(0, 4));
      const days = { ...act(stage), eventId, year, from, to, source: '通知' };
      const result = await stage.store.write((tx) => confirmDays(tx, stage.content, days));
      if (!result.ok) throw new Error(result.why);
    },
  },
};

function act(stage: Stage) {
  return { communityId: STAGE_COMMUNITY, staffId: null, now: stage.clock.now() };
}

async function follow(
  stage: Stage,
  feature: string,
  work: (tx: Transaction) => Promise<readonly Outgoing[]>,
): Promise<void> {
  const community = await stage.community();
  const departing = await stage.store.write(async (tx) =>
    stage.bot.follow(tx, community, feature, { messages: await work(tx) }),
  );
  stage.bot.dispatcher.handOver(departing);
  await stage.bot.dispatcher.idle();
}

async function oldestTask(tx: Transaction): Promise<string> {
  return (await listOpenTasks(tx, STAGE_COMMUNITY, 1))[0]?.id ?? '';
}

async function newestNotice(tx: Transaction): Promise<string> {
  return (await listNotices(tx, STAGE_COMMUNITY, { limit: 1 }))[0]?.id ?? '';
}
