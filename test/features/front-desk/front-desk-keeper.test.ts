import { expect, test } from 'vitest';
import { deskKeeper } from '../../../src/features/front-desk/front-desk-keeper.ts';
import { answerTask, askPerson, reportIssue } from '../../../src/features/front-desk/front-desk-service.ts';
import { askCommittee } from '../../../src/features/waste-guide/waste-guide-service.ts';
import { insertTask, listOpenTasks } from '../../../src/store/task-table.ts';
import { openOffice } from '../../support/office-stage.ts';
import { STAGE_COMMUNITY, STAGE_START } from '../../support/stage.ts';

test("a person's questions go with them; what others wait for and what concerns the place stays without them", async () => {
  const office = await openOffice();
  try {
    const lin = await office.resident('lin');
    const wang = await office.resident('wang');
    const here = { communityId: STAGE_COMMUNITY, now: STAGE_START };
    const person = { id: lin.personId, communityId: STAGE_COMMUNITY, consentedAt: null, consentVersion: null };
    await office.write(async (tx) => {
      const answered = await askPerson(tx, { ...here, ...lin, text: '我低保能办吗' });
      await answerTask(tx, office.content, { ...here, staffId: null, taskId: answered, text: '能' });
      await askPerson(tx, { ...here, ...lin, text: '几点开门' });
      await reportIssue(tx, { ...here, ...lin, text: '5号楼后面有垃圾，我是13812345678' });
      await insertTask(tx, { ...here, ...lin, kind: 'message-failed', text: '我叫林秀英' });
      for (const who of [lin, wang])
        await askCommittee(tx, STAGE_COMMUNITY, { ...who, item: '曲率引擎', now: STAGE_START });
    });
    expect(await office.write((tx) => deskKeeper.describe(tx, person))).toMatchObject([{ variables: { count: 3 } }]);
    await office.write((tx) => deskKeeper.erase(tx, person));
    const left = await office.write((tx) => listOpenTasks(tx, STAGE_COMMUNITY, 9));
    expect(left.map(({ kind, text, chatId }) => [kind, text, kind === 'issue' ? chatId : 'any'])).toEqual([
      ['issue', '', null],
      ['unknown-waste', '曲率引擎', 'any'],
    ]);
    expect(await office.write((tx) => deskKeeper.describe(tx, person))).toEqual([]);
  } finally {
    await office.close();
  }
});
