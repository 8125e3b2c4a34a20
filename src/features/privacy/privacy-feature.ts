/** The person's own data: what is kept, erasing it, agreeing and refusing, and the notice that explains it. */

import { dayInWords } from '../../lib/day-in-words.ts';
import { isMadeOf } from '../../lib/made-of.ts';
import type { Community } from '../../model/community.ts';
import { CONSENT_VERSION } from '../../model/consent.ts';
import type { Said } from '../../model/outgoing.ts';
import type { RenderText, Saying } from '../../model/text.ts';
import type { DueSlot, Effects, Feature, FeatureSchedule, Outcome, Turn } from '../../runtime/feature.ts';
import { findPrivateChat } from '../../store/chat-table.ts';
import { deleteLeftChats, recordConsent, revokeConsent } from '../../store/person-table.ts';
import { inRow, linesOf } from './kept-lines.ts';
import { eraseEverywhere, foretellErasing, listLosses, type RecordKeeper, readKept } from './privacy-service.ts';
import { PRIVACY_TEXTS, say } from './privacy-texts.ts';

export interface PrivacyParts {
  readonly keepers: readonly RecordKeeper[];
  readonly render: RenderText;
}

export function createPrivacy(parts: PrivacyParts): Feature {
  return {
    name: 'privacy',
    intents: ['privacy.show', 'privacy.delete', 'privacy.agree', 'privacy.refuse'],
    texts: PRIVACY_TEXTS,
    act: (turn) => act(turn, parts),
    unclear: async (turn) => (isAsked(turn) ? askDelete(turn, parts, 'privacy.delete-ask') : null),
    schedules: () => [SWEEP],
    jobs: { [SWEEP.kind]: sweep },
  };
}

/** Who decides over the data, what for, what is kept and how long, and what one may ask (个人信息保护法 §17). */
export function privacyNotice({ name, settings }: Community): Said {
  const { contact } = settings;
  return contact === ''
    ? say('privacy.notice-at-office', { community: name })
    : say('privacy.notice', { community: name, contact });
}

async function act(turn: Turn, parts: PrivacyParts): Promise<Outcome> {
  const { intent, slots } = turn.understood;
  const wasAsked = isAsked(turn);
  switch (intent) {
    case 'privacy.show':
      return show(turn, parts);
    case 'privacy.delete':
      return askDelete(turn, parts, 'privacy.delete-ask');
    case 'confirm':
      return wasAsked && slots.yes === true ? eraseOnYes(turn, parts) : keep(turn);
    case 'choice':
      return wasAsked && slots.numbers?.[0] === 1 ? erase(turn, parts) : keep(turn);
    case 'privacy.agree':
      return wasAsked ? eraseOnYes(turn, parts) : agree(turn, parts);
    case 'privacy.refuse':
      return wasAsked ? keep(turn) : refuse(turn, parts);
    default:
      return { messages: [], ask: null };
  }
}

function isAsked({ conversation }: Turn): boolean {
  return conversation?.step === DELETE_STEP && conversation.version === DELETE_VERSION;
}

async function show(turn: Turn, parts: PrivacyParts): Promise<Outcome> {
  const word = parts.render(turn.community.locale, 'privacy.notice-word', {}, '');
  if (turn.text.toLowerCase().includes(word)) return alone(turn, privacyNotice(turn.community));
  const { tx, person, community, now } = turn;
  const words = (saying: Saying) => parts.render(community.locale, saying.key, saying.variables, '');
  const kept = await readKept(tx, person, now);
  const described = await Promise.all(parts.keepers.map((each) => each.describe?.(tx, person, community, now) ?? []));
  const lines = linesOf(kept, described.flat(), words, community.settings.zone);
  const day = dayInWords(person.consentedAt ?? kept.since, community.locale, community.settings.zone);
  if (lines.length === 0) {
    return alone(turn, person.consentedAt === null ? say('privacy.nothing') : say('privacy.only-consent', { day }));
  }
  const since = words(say(person.consentedAt === null ? 'privacy.since' : 'privacy.consented', { day }));
  return alone(turn, say('privacy.kept', { lines: lines.join('\n'), since }));
}

const DELETE_STEP = 'delete';
const DELETE_VERSION = 1;

/** It cannot be undone, so it says what goes and what stays, and asks once. */
async function askDelete(
  turn: Turn,
  parts: PrivacyParts,
  key: 'privacy.delete-ask' | 'privacy.refused-ask',
): Promise<Outcome> {
  const words = (saying: Saying) => parts.render(turn.community.locale, saying.key, saying.variables, '');
  const foretold = await foretellErasing(turn.tx, parts.keepers, turn.person, turn.community, turn.now);
  const gone = inRow(foretold.gone.map(words), words);
  const stays = inRow(foretold.stays.map(words), words);
  const choices = [
    { label: say('privacy.delete-yes'), say: say('privacy.delete-yes') },
    { label: say('privacy.delete-no'), say: say('privacy.delete-no') },
  ];
  const said: Said = { ...say(key, { gone, stays }), choices };
  const ask = { step: DELETE_STEP, version: DELETE_VERSION, question: { kind: 'confirm' }, answers: {} } as const;
  if (turn.chat.kind === 'direct') return { messages: [{ to: 'here', said }], ask };
  const privateChat = await findPrivateChat(turn.tx, turn.person.id);
  if (privateChat === null) return { messages: [{ to: 'here', said: say('privacy.in-private') }] };
  return {
    messages: [
      { to: 'here', said: say('privacy.group-taken') },
      { to: { chatId: privateChat.id }, said },
    ],
    askOthers: [{ ...ask, chatId: privateChat.id, personId: turn.person.id }],
  };
}

function losses({ tx, person, community, now }: Turn, { keepers }: PrivacyParts): Promise<readonly Saying[]> {
  return listLosses(tx, keepers, person, community, now);
}

/** What cannot be brought back does not go on words that may mean something else. */
function eraseOnYes(turn: Turn, parts: PrivacyParts): Promise<Outcome> {
  const yes = parts.render(turn.community.locale, 'privacy.yes-words', {}, '');
  return isMadeOf(turn.text, yes) ? erase(turn, parts) : askDelete(turn, parts, 'privacy.delete-ask');
}

async function erase({ tx, person, now }: Turn, { keepers }: PrivacyParts): Promise<Outcome> {
  const effects = await eraseEverywhere(tx, keepers, person, null, now);
  const messages = [{ to: 'here', said: say('privacy.deleted') } as const, ...effects.messages];
  return { ...effects, messages, ask: null };
}

function keep(turn: Turn): Outcome {
  const wasAsked = turn.conversation?.step === DELETE_STEP;
  return { messages: wasAsked ? [{ to: 'here', said: say('privacy.not-deleted') }] : [], ask: null };
}

/** Who agrees unasked names it; anything less is shown what there is to agree to. */
async function agree(turn: Turn, { render }: PrivacyParts): Promise<Outcome> {
  const { tx, person, community, now, text } = turn;
  const word = render(community.locale, 'privacy.agree-word', {}, '');
  if (!text.toLowerCase().includes(word.toLowerCase())) return alone(turn, privacyNotice(community));
  await recordConsent(tx, person.id, CONSENT_VERSION, now);
  return { messages: [{ to: 'here', said: say('privacy.agreed') }] };
}

/** Taking consent back is as easy as giving it; what is kept already goes only after a yes. */
async function refuse(turn: Turn, parts: PrivacyParts): Promise<Outcome> {
  await revokeConsent(turn.tx, turn.person.id);
  if ((await losses(turn, parts)).length > 0) return askDelete(turn, parts, 'privacy.refused-ask');
  return { messages: [{ to: 'here', said: say('privacy.refused') }] };
}

async function alone(turn: Turn, said: Said): Promise<Outcome> {
  if (turn.chat.kind === 'direct') return { messages: [{ to: 'here', said }] };
  const privateChat = await findPrivateChat(turn.tx, turn.person.id);
  if (privateChat === null) return { messages: [{ to: 'here', said: say('privacy.in-private') }] };
  return { messages: [{ to: { chatId: privateChat.id }, said }] };
}

const HOUR_MS = 60 * 60 * 1_000;
// At night, when nobody waits for the last word to arrive.
const SWEEP: FeatureSchedule = { kind: 'privacy.sweep', cron: '20 3 * * *', policy: 'latest', maxLateMs: 20 * HOUR_MS };

/** The private chats of the erased, kept only until the last word was sent. */
async function sweep({ tx, community, now }: DueSlot): Promise<Effects> {
  await deleteLeftChats(tx, community.id, now);
  return { messages: [] };
}
