import { createPledgeKeeper } from '../../../src/features/pledges/pledge-keeper.ts';
import { createPledges } from '../../../src/features/pledges/pledges-feature.ts';
import { createPrivacy, privacyNotice } from '../../../src/features/privacy/privacy-feature.ts';
import { eraseSignUps } from '../../../src/features/volunteering/sign-up-eraser.ts';
import { insertArea } from '../../../src/store/community-table.ts';
import { playDialogues } from '../../support/dialogue.ts';
import type { Stage } from '../../support/stage.ts';

const CONVERSATIONS = new URL('../../conversations/', import.meta.url).pathname;

for (const feature of ['pledges', 'privacy']) {
  playDialogues(`${CONVERSATIONS}${feature}`, {
    features: (content) => {
      const parts = { habitBook: () => content, render: content.texts.render, privacyNotice };
      const keepers = [createPledgeKeeper(parts), { feature: 'volunteering', erase: eraseSignUps }];
      return [createPledges(parts), createPrivacy({ keepers, render: parts.render })];
    },
    commands: { compound: addCompound },
  });
}

/** `compound 阳光花园 1 3`: a compound with its buildings. */
async function addCompound(stage: Stage, rest: string): Promise<void> {
  const [name = '', ...buildings] = rest.split(' ');
  const communityId = stage.communityId;
  await stage.store.write(async (tx) => {
    const compound = await insertArea(tx, { communityId, parentId: null, kind: 'compound', name, households: null });
    for (const building of buildings) {
      const area = { communityId, parentId: compound.id, kind: 'building', name: building, households: null } as const;
      await insertArea(tx, area);
    }
  });
}
