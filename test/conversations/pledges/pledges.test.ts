/** Pledges played as dialogues on the whole bot. */
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { createFrontDesk } from '../../../src/features/front-desk/front-desk-feature.ts';
import { createPledgeKeeper } from '../../../src/features/pledges/pledge-keeper.ts';
import { createPledges } from '../../../src/features/pledges/pledges-feature.ts';
import { readStanding } from '../../../src/features/pledges/standing-service.ts';
import { createPrivacy, privacyNotice } from '../../../src/features/privacy/privacy-feature.ts';
import { createReader } from '../../../src/joints/reader.ts';
import { Slots, Understood, type Utterance } from '../../../src/model/understanding.ts';
import { insertArea } from '../../../src/store/community-table.ts';
import { listOpenTasks } from '../../../src/store/task-table.ts';
import { playDialogues } from '../../support/dialogue.ts';
import { shippedContent } from '../../support/shipped-content.ts';
import type { Stage } from '../../support/stage.ts';

const content = await shippedContent();
const reader = createReader(() => content);
const readings = new Map<string, Understood>();

playDialogues(fileURLToPath(new URL('.', import.meta.url)), {
  features: (shipped) => {
    const parts = { habitBook: () => shipped, render: shipped.texts.render, privacyNotice };
    const privacy = createPrivacy({ keepers: [createPledgeKeeper(parts)], render: parts.render });
    return [createPledges(parts), privacy, createFrontDesk({ content: () => shipped, knows: async () => null })];
  },
  understand: (utterance: Utterance) => readings.get(utterance.text) ?? reader(utterance),
  commands: { compound, counted, read, tasks },
});

/** `compound 阳光花园 1 3`: a compound with its buildings. */
async function compound(stage: Stage, rest: string): Promise<void> {
  const [name = '', ...buildings] = rest.split(' ');
  const communityId = stage.communityId;
  await stage.store.write(async (tx) => {
    const { id } = await insertArea(tx, { communityId, parentId: null, kind: 'compound', name, households: null });
    for (const building of buildings) {
      await insertArea(tx, { communityId, parentId: id, kind: 'building', name: building, households: null });
    }
  });
}

/** `counted 4 outside 1`: of the households of the list, and besides. */
async function counted(stage: Stage, rest: string): Promise<void> {
  const [households, , outside] = rest.split(' ').map(Number);
  const community = await stage.community();
  const { whole } = await stage.store.read((tx) => readStanding(tx, community, stage.clock.now()));
  expect(whole).toMatchObject({ households, outside });
}

/** `read 改成三口人 pledge.change {"people":3}`: from now on these words are understood so. */
async function read(_: Stage, rest: string): Promise<void> {
  const [text = '', intent, slots = '{}'] = rest.split(' ');
  readings.set(text, Understood.parse({ intent, slots: Slots.parse(JSON.parse(slots)) }));
}

/** `tasks 1`: so many wait for the worker. */
async function tasks(stage: Stage, rest: string): Promise<void> {
  const open = await stage.store.read((tx) => listOpenTasks(tx, stage.communityId, 10));
  expect(open).toHaveLength(Number(rest));
}
