/** A community with activities, and the service of chains with the real reader: for tests of what lists become. */

import type { Content } from '../../../src/content/content.ts';
import type { ChainParts, TargetDesk } from '../../../src/features/chains/chain-parts.ts';
import { rememberChainWords } from '../../../src/features/chains/chain-words.ts';
import type { ChainsService, HeardResult } from '../../../src/features/chains/chains-service.ts';
import { createChainsService } from '../../../src/features/chains/create-chains-service.ts';
import { type HeardChain, hearCopy } from '../../../src/features/chains/hear-copy.ts';
import type { HeardCopy } from '../../../src/features/chains/heard-copy.ts';
import { readList } from '../../../src/features/chains/read-line.ts';
import { createActivity } from '../../../src/features/volunteering/activity-service.ts';
import { readAttendance } from '../../../src/features/volunteering/attendance-service.ts';
import { chainParts } from '../../../src/joints/chains.ts';
import { createReader } from '../../../src/joints/reader.ts';
import type { Shift } from '../../../src/model/activity.ts';
import type { NativeChain } from '../../../src/model/chain.ts';
import type { Chat } from '../../../src/model/chat.ts';
import type { Community } from '../../../src/model/community.ts';
import { insertChat } from '../../../src/store/chat-table.ts';
import { insertStaff } from '../../../src/store/staff-table.ts';
import type { Store, Transaction } from '../../../src/store/store.ts';
import { STAGE_COMMUNITY, type Stage, type StageParts, setStage } from '../../support/stage.ts';
import { WHOLE_BOT } from '../../support/whole-bot.ts';

export interface ChainHall {
  readonly stage: Stage;
  readonly store: Store;
  readonly service: ChainsService;
  readonly community: Community;
  readonly staffId: string;
  readonly desks: readonly TargetDesk[];
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  office(): { readonly community: Community; readonly staffId: string; readonly now: Date };
  activity(title: string, wish?: Partial<Pick<Shift, 'startsAt' | 'capacity' | 'place'>>): Promise<string>;
  group(title: string, areaId?: string | null): Promise<Chat>;
  paste(text: string, chat?: Chat | null): Promise<HeardResult>;
  /** A copy as somebody posts it in a group of WeChat. */
  post(chat: Chat, text: string, how?: Posted): Promise<HeardChain | null>;
  /** Of the only list there is, or of the one named: `3 李四 ×2 standing joined`. */
  lines(chainId?: string): Promise<string[]>;
  /** Of all lists, or of the one named: `missing 李四`. */
  doubts(chainId?: string): Promise<string[]>;
  /** Who comes, by name and number, as the committee sees them. */
  coming(shiftId: string): Promise<string[]>;
  close(): Promise<void>;
}

export interface Posted {
  readonly by?: string;
  readonly name?: string;
  readonly native?: NativeChain | undefined;
  readonly at?: Date;
  /** Those of the hall, where a test does not look over their shoulders. */
  readonly desks?: readonly TargetDesk[];
  /** In the same transaction, as a turn that begins. */
  readonly first?: (tx: Transaction) => Promise<unknown>;
}

const readers = new WeakMap<Content, ReturnType<typeof createReader>>();

function readerOf(content: Content) {
  const known = readers.get(content) ?? createReader(() => content);
  readers.set(content, known);
  return known;
}

export async function openHall(parts: Partial<StageParts> = {}): Promise<ChainHall> {
  const stage = await setStage({ ...WHOLE_BOT, ...parts });
  const { store, content, clock } = stage;
  const joined: ChainParts = chainParts({
    content: () => content,
    render: (...saying) => content.texts.render(...saying),
    understand: readerOf(content),
  });
  const service = createChainsService(joined);
  const words = rememberChainWords(() => content);
  const community = await stage.community();
  const write = <T>(work: (tx: Transaction) => Promise<T>) => store.write(work);
  const login = {
    communityId: STAGE_COMMUNITY,
    displayName: '社工小陈',
    login: 'chen',
    passwordHash: '-',
    passwordIsInitial: false,
    role: 'worker',
  } as const;
  const staff = await write((tx) => insertStaff(tx, { ...login, now: clock.now() }));
  if (staff === null) throw new Error('there is a worker of this name');
  const office = () => ({ community, staffId: staff.id, now: clock.now() });
  const views = async (chainId?: string) => {
    const list = await store.read((tx) => service.list(tx, community, { limit: 50 }, clock.now()));
    const id = chainId ?? list[0]?.id ?? '';
    return write((tx) => service.view(tx, office(), id, 'masked'));
  };
  return {
    stage,
    store,
    service,
    community,
    staffId: staff.id,
    desks: joined.desks,
    write,
    office,
    activity: (title, { startsAt = new Date('2026-11-21T09:00:00+08:00'), capacity = null, place = '南门' } = {}) =>
      write(async (tx) => {
        const shifts = [{ startsAt, endsAt: new Date(startsAt.getTime() + 7_200_000), capacity }];
        const draft = { title, place, details: '', risk: '', insured: false, shifts };
        const made = await createActivity(tx, draft, office());
        if (!made.ok) throw new Error(made.why);
        return made.shifts[0]?.id ?? '';
      }),
    group: (title, areaId = null) =>
      write((tx) => {
        const at = {
          communityId: STAGE_COMMUNITY,
          channel: 'wechat',
          account: 'bot',
          address: `${title}@chatroom`,
        } as const;
        return insertChat(tx, { ...at, kind: 'group', title, areaId, personId: null, now: clock.now() });
      }),
    paste: (text, chat = null) => write((tx) => service.hearPasted(tx, office(), { chatId: chat?.id ?? null, text })),
    post: (chat, text, { by, name = '', native, at = clock.now(), desks = joined.desks, first } = {}) =>
      write(async (tx) => {
        await first?.(tx);
        const list = readList(readerOf(content), text, at);
        if (list === null) throw new Error(`no list: ${text}`);
        const heard: HeardCopy = {
          ...list,
          community,
          chat,
          from: { channel: 'wechat', account: 'bot' },
          native: native ?? null,
          poster: by === undefined ? null : { address: by, name },
          at,
          isWhole: true,
          isHandedOver: false,
          staffId: null,
          now: at,
        };
        return hearCopy(tx, { ...joined, desks, words: words() }, heard);
      }),
    lines: async (chainId) =>
      ((await views(chainId))?.entries ?? []).map(
        ({ number, name, party, state, standing }) => `${number} ${name} ×${party} ${state} ${standing ?? '-'}`,
      ),
    doubts: async (chainId) => {
      const doubts = await store.read((tx) => service.listDoubts(tx, community, clock.now(), 50));
      const own = doubts.filter((doubt) => chainId === undefined || doubt.chainId === chainId);
      return own.map(({ kind, entry, number }) => `${kind} ${entry?.name ?? number ?? ''}`.trim());
    },
    coming: async (shiftId) => {
      const list = await write((tx) => readAttendance(tx, shiftId, office(), {}));
      return [...(list?.coming ?? []), ...(list?.waiting ?? [])].map(
        ({ name, party, state, source }) => `${name} ×${party} ${state} ${source}`,
      );
    },
    close: () => stage.close(),
  };
}
