/** Makes one message of several answers to a group, on disk before it is said, so that a crash in between loses none. */
import { BY_HAND } from '../model/channel-name.ts';
import type { AnswerPart } from '../model/group-answer.ts';
import type { Message } from '../model/message.ts';
import type { RenderText } from '../model/text.ts';
import { findCommunity } from '../store/community-table.ts';
import { insertOutbox, rewriteOutbox, settleOutbox } from '../store/outbox-table.ts';
import type { Store, Transaction } from '../store/store.ts';
import { fitting, isToldInBrief, type Line, linesOf } from './gathering-rules.ts';
import { type Departing, privateChatOf } from './outgoing-writer.ts';

export interface GatheringParts {
  readonly store: Store;
  readonly render: RenderText;
  readonly owner: string;
}

export interface Gathered {
  /** Says what all of them had to say. */
  readonly one: Departing;
  /** Are told with it and not sent by themselves. */
  readonly gathered: readonly Departing[];
  /** To each what is theirs alone, in private; taken by this process. */
  readonly apart: readonly Departing[];
  /** Did not fit. */
  readonly left: readonly Departing[];
}

/** All are answers to one chat, held by this process. `null`: they cannot be one. */
export async function gather(parts: GatheringParts, all: readonly Departing[], now: Date): Promise<Gathered | null> {
  const { together, left } = fitting(all);
  const [one, ...others] = together;
  if (one === undefined || others.length === 0) return null;
  return parts.store.write(async (tx) => {
    const answers = together.flatMap(({ message }) => message.answer?.parts ?? []);
    const lines = linesOf(answers);
    const text = await textOf(tx, parts, one.chat, lines, now);
    if (text === null) return null;
    const apart: Departing[] = [];
    for (const answer of answers) {
      if (isToldInBrief(answer, lines)) apart.push(...(await tellAlone(tx, parts, one, answer, now)));
    }
    const beside: Partial<Message> = Object.assign({}, ...together.map(({ message }) => message.message));
    // Who has heard it in private does not hear it there again, should this be said with others once more.
    const answer = { parts: answers.map(({ alone: _, ...part }) => part) };
    const said = { message: { ...beside, text }, answer };
    const { owner } = parts;
    if (!(await rewriteOutbox(tx, { ...one.message, owner }, said))) return null;
    for (const { message } of others) {
      await settleOutbox(tx, { id: message.id, owner }, { fate: 'expired', reason: 'gathered', now });
    }
    return { one: { ...one, message: { ...one.message, ...said } }, gathered: others, apart, left };
  });
}

async function textOf(
  tx: Transaction,
  { render }: GatheringParts,
  { id, communityId }: Departing['chat'],
  lines: readonly Line[],
  now: Date,
): Promise<string | null> {
  const community = await findCommunity(tx, communityId);
  if (community === null) return null;
  const seed = `${id}${now.getTime()}`;
  const words = (line: Line) =>
    line.is === 'text' ? line.text : render(community.locale, line.key, line.variables, seed);
  return lines.map(words).join('\n');
}

/** Nothing where the bot may not speak to them in private: the group has heard that it counted. */
async function tellAlone(
  tx: Transaction,
  { owner }: GatheringParts,
  { message: { textKey }, chat: group }: Departing,
  { personId, alone }: AnswerPart,
  now: Date,
): Promise<Departing[]> {
  if (alone === undefined) return [];
  const chat = await privateChatOf(tx, { personId, privateAddress: alone.address, chat: group }, now);
  if (chat === null || chat.channel === BY_HAND) return [];
  const row = {
    communityId: chat.communityId,
    chatId: chat.id,
    kind: 'reply',
    textKey,
    message: alone.message,
    runAt: now,
    notAfter: null,
    collapseKey: null,
    urgent: false,
    subjectId: null,
  } as const;
  return [{ message: await insertOutbox(tx, row, { owner, now }), chat }];
}
