/** A stage for what the committee does, without the language reader: its tests are not about words. */
import type { Community } from '../../src/model/community.ts';
import { insertChat, insertPerson } from '../../src/store/chat-table.ts';
import type { Transaction } from '../../src/store/store.ts';
import { OFFICE } from './committee.ts';
import { STAGE_COMMUNITY, type Stage, setStage } from './stage.ts';

export interface Office {
  readonly stage: Stage;
  readonly community: Community;
  readonly content: Stage['content'];
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** The id of a new group. */
  group(title: string): Promise<string>;
  /** The ids of a new resident and of their private chat. */
  resident(name: string): Promise<{ personId: string; chatId: string }>;
  close(): Promise<void>;
}

export async function openOffice(): Promise<Office> {
  const stage = await setStage({ ...OFFICE, understand: () => ({ intent: 'none', slots: {} }) });
  const write = <T>(work: (tx: Transaction) => Promise<T>) => stage.store.write(work);
  const here = { communityId: STAGE_COMMUNITY, channel: 'web', account: STAGE_COMMUNITY, areaId: null } as const;
  return {
    stage,
    community: await stage.community(),
    content: stage.content,
    write,
    group: async (title) => {
      const now = stage.clock.now();
      const address = `group:${title}`;
      const chat = { ...here, address, kind: 'group', title, personId: null, now } as const;
      return (await write((tx) => insertChat(tx, chat))).id;
    },
    resident: (name) =>
      write(async (tx) => {
        const now = stage.clock.now();
        const from = { channel: here.channel, account: here.account, address: name };
        const person = await insertPerson(tx, { communityId: STAGE_COMMUNITY, from, now });
        const address = `private:${name}`;
        const chat = { ...here, address, kind: 'direct', title: null, personId: person.id, now } as const;
        return { personId: person.id, chatId: (await insertChat(tx, chat)).id };
      }),
    close: () => stage.close(),
  };
}
