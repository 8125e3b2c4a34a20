/** Open questions: what was asked, what has been answered so far, and until when it may be answered. */
import { OpenQuestion } from '../model/understanding.ts';
import { prepare } from './prepared.ts';
import type { ConversationRow } from './rows/message-rows.ts';
import type { Transaction } from './store.ts';

export interface StoredConversation {
  readonly feature: string;
  readonly step: string;
  readonly version: number;
  readonly question: OpenQuestion | null;
}

export interface FoundConversation extends StoredConversation {
  /** Who was asked, and for which community. */
  readonly personId: string;
  readonly communityId: string;
  /** Opened only for the feature that asked: most of what people say while a question is open is about something else. */
  readonly answers: () => unknown;
}

export interface ConversationKey {
  readonly chatId: string;
  readonly personId: string;
  readonly communityId: string;
}

export async function findConversation(
  tx: Transaction,
  key: ConversationKey,
  now: Date,
): Promise<FoundConversation | null> {
  const [row] = await tx.run(FIND, { chat: key.chatId, person: key.personId, now: now.getTime() });
  return row === undefined ? null : conversationOf(tx, row);
}

/** Whichever community asked there: to the human who is asked it is one conversation. */
export async function findPrivateConversation(
  tx: Transaction,
  chatId: string,
  now: Date,
): Promise<FoundConversation | null> {
  const [row] = await tx.run(FIND_IN_PRIVATE, { chat: chatId, now: now.getTime() });
  return row === undefined ? null : conversationOf(tx, row);
}

async function conversationOf(tx: Transaction, row: FoundRow): Promise<FoundConversation | null> {
  const question = row.question === null ? NO_QUESTION : OpenQuestion.safeParse(JSON.parse(row.question));
  // Asked by another version, which knew a kind of question that this one does not.
  if (!question.success) return null;
  const sealer = await tx.sealer(row.community_id);
  return {
    personId: row.person_id,
    communityId: row.community_id,
    feature: row.feature,
    step: row.step,
    version: row.version,
    question: question.data,
    answers: () => JSON.parse(sealer.open(row.answers_sealed, row.person_id, COLUMN)),
  };
}

const NO_QUESTION = { success: true, data: null } as const;

type FoundRow = Omit<ConversationRow, 'chat_id' | 'expires_at'>;

const FOUND = ['person_id', 'community_id', 'feature', 'step', 'version', 'question', 'answers_sealed'] as const;

const FIND = prepare<{ chat: string; person: string; now: number }>()((db, value) =>
  db
    .selectFrom('conversation')
    .select(FOUND)
    .where('chat_id', '=', value('chat'))
    .where('person_id', '=', value('person'))
    .where('expires_at', '>', value('now')),
);

const FIND_IN_PRIVATE = prepare<{ chat: string; now: number }>()((db, value) =>
  db
    .selectFrom('conversation')
    .select(FOUND)
    .where('chat_id', '=', value('chat'))
    .where('expires_at', '>', value('now'))
    .orderBy('person_id', 'desc')
    .limit(1),
);

/** The newest question takes the place of the one before. */
export async function saveConversation(
  tx: Transaction,
  key: ConversationKey,
  conversation: StoredConversation & { readonly answers: unknown; readonly expiresAt: Date },
): Promise<void> {
  const sealer = await tx.sealer(key.communityId);
  await tx.run(SAVE, {
    chat: key.chatId,
    person: key.personId,
    community: key.communityId,
    feature: conversation.feature,
    step: conversation.step,
    version: conversation.version,
    question: conversation.question === null ? null : JSON.stringify(conversation.question),
    answers: sealer.seal(JSON.stringify(conversation.answers), key.personId, COLUMN),
    expires: conversation.expiresAt.getTime(),
  });
}

interface Save extends Record<string, string | number | null> {
  chat: string;
  person: string;
  community: string;
  feature: string;
  step: string;
  version: number;
  question: string | null;
  answers: string;
  expires: number;
}

const SAVE = prepare<Save>()((db, value) =>
  db
    .insertInto('conversation')
    .values({
      chat_id: value('chat'),
      person_id: value('person'),
      community_id: value('community'),
      feature: value('feature'),
      step: value('step'),
      version: value('version'),
      question: value('question'),
      answers_sealed: value('answers'),
      expires_at: value('expires'),
    })
    .onConflict((conflict) =>
      conflict.columns(['chat_id', 'person_id']).doUpdateSet((set) => ({
        feature: set.ref('excluded.feature'),
        step: set.ref('excluded.step'),
        version: set.ref('excluded.version'),
        question: set.ref('excluded.question'),
        answers_sealed: set.ref('excluded.answers_sealed'),
        expires_at: set.ref('excluded.expires_at'),
      })),
    ),
);

export async function deleteConversation(tx: Transaction, key: ConversationKey): Promise<void> {
  await tx.run(DELETE, { chat: key.chatId, person: key.personId });
}

const DELETE = prepare<{ chat: string; person: string }>()((db, value) =>
  db.deleteFrom('conversation').where('chat_id', '=', value('chat')).where('person_id', '=', value('person')),
);

/** In a private chat one question is open at a time, though several communities may ask there. */
export async function dropOtherQuestions(tx: Transaction, { chatId, personId }: ConversationKey): Promise<void> {
  await tx.run(DROP_OTHERS, { chat: chatId, person: personId });
}

const DROP_OTHERS = prepare<{ chat: string; person: string }>()((db, value) =>
  db
    .deleteFrom('conversation')
    .where('chat_id', '=', value('chat'))
    .where('person_id', '<>', value('person'))
    .where('chat_id', 'in', (direct) =>
      direct.selectFrom('chat').select('id').where('id', '=', value('chat')).where('kind', '=', 'direct'),
    ),
);

export async function deleteExpiredConversations(tx: Transaction, now: Date): Promise<void> {
  await tx.db.deleteFrom('conversation').where('expires_at', '<=', now.getTime()).execute();
}

const COLUMN = 'conversation.answers';
