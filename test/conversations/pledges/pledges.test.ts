/** Pledges played as dialogues on the whole bot. */
import { fileURLToPath } from 'node:url';
import { createPledgeKeeper } from '../../../src/features/pledges/pledge-keeper.ts';
import { createPledges } from '../../../src/features/pledges/pledges-feature.ts';
import { createPrivacy, privacyNotice } from '../../../src/features/privacy/privacy-feature.ts';
import { insertArea } from '../../../src/store/community-table.ts';
import { playDialogues } from '../../support/dialogue.ts';
import type { Stage } from '../../support/stage.ts';

playDialogues(fileURLToPath(new URL('.', import.meta.url)), {
  features: (content) => {
    const parts = { habitBook: () => content, render: content.texts.render, privacyNotice };
    return [createPledges(parts), createPrivacy({ keepers: [createPledgeKeeper(parts)], render: parts.render })];
  },
  commands: { compound },
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
