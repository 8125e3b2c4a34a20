import { expect, test } from 'vitest';
import { askPerson } from '../../src/features/front-desk/front-desk-service.ts';
import { mayRaiseTask } from '../../src/store/task-allowance.ts';
import { listOpenTasks, settleTask } from '../../src/store/task-table.ts';
import { openOffice } from '../support/office-stage.ts';
import { STAGE_COMMUNITY, STAGE_START } from '../support/stage.ts';

test('ten open matters of a day are enough, until one of them is answered', async () => {
  const office = await openOffice();
  const lin = await office.resident('lin');
  const may = () => office.write((tx) => mayRaiseTask(tx, lin.personId, STAGE_START));
  for (let number = 1; number <= 10; number += 1) {
    expect(await may()).toBe(true);
    const concern = { communityId: STAGE_COMMUNITY, ...lin, text: `第${number}个问题`, now: STAGE_START };
    await office.write((tx) => askPerson(tx, concern));
  }
  expect(await may()).toBe(false);
  const [first] = await office.write((tx) => listOpenTasks(tx, STAGE_COMMUNITY, 1));
  if (first === undefined) throw new Error('no task is open');
  await office.write((tx) => settleTask(tx, first, { answer: '好', by: null, now: STAGE_START }));
  expect(await may()).toBe(true);
  await office.close();
});
