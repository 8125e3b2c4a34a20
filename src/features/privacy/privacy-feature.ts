/** The person's own data: what is kept, erasing it, agreeing and refusing, and the notice that explains it. */

import { dayInWords } from '../../lib/day-in-words.ts';
import { isMadeOf } from '../../lib/made-of.ts';
import type { Community } from '../../model/community.ts';
import { CONSENT_VERSION } from '../../model/consent.ts';
import type { Outgoing, Said } from '../../model/outgoing.ts';
import type { Saying } from '../../model/text.ts';
import type { DueSlot, Effects, Feature, FeatureSchedule, Outcome, Turn } from '../../runtime/feature.ts';
import { deleteLeftChats, recordConsent, revokeConsent } from '../../store/person-table.ts';
import { findPrivateChat } from '../../store/private-chat-table.ts';
import { askDelete, askDeleteOnRefusal, erase, everybody, isDeleteAsked, type KnownAs } from './erase-in-chat.ts';
import { linesOf } from './kept-lines.ts';
import { listLosses, type PrivacyParts, readKept } from './privacy-service.ts';
import { PRIVACY_TEXTS, say } from './privacy-texts.ts';

export function createPrivacy(parts: PrivacyParts): Feature {
  return {
    name: 'privacy',
    intents: ['privacy.show', 'privacy.delete', 'privacy.agree', 'privacy.refuse'],
    texts: PRIVACY_TEXTS,
    act: (turn) => act(turn, parts),
    unclear: async (turn) => (isDeleteAsked(turn) ? askDelete(turn, parts) : null),
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
  const wasAsked = isDeleteAsked(turn);
  switch (intent) {
    case 'privacy.show':
      return show(turn, parts);
    case 'privacy.delete':
      return askDelete(turn, parts);
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

async function show(turn: Turn, parts: PrivacyParts): Promise<Outcome> {
  const word = parts.render(turn.community.locale, 'privacy.notice-word', {}, '');
  if (turn.text.toLowerCase().includes(word)) return alone(turn, [{ said: privacyNotice(turn.community) }]);
  const kept: Shown[] = [];
  for (const { person, community } of await everybody(turn)) {
    kept.push({ said: await keptWords(turn, parts, { person, community }), from: community });
  }
  return alone(turn, kept);
}

async function keptWords(
  { tx, now }: Turn,
  { keepers, render }: PrivacyParts,
  { person, community }: KnownAs,
): Promise<Said> {
  const words = (saying: Saying) => render(community.locale, saying.key, saying.variables, '');
  const kept = await readKept(tx, person, now);
  const described = await Promise.all(keepers.map((each) => each.describe?.(tx, person, community, now) ?? []));
  const lines = linesOf(kept, described.flat(), words, community.settings.zone);
  const day = dayInWords(person.consentedAt ?? kept.since, community.locale, community.settings.zone);
  if (lines.length === 0) {
    return person.consentedAt === null ? say('privacy.nothing') : say('privacy.only-consent', { day });
  }
  const since = words(say(person.consentedAt === null ? 'privacy.since' : 'privacy.consented', { day }));
  return say('privacy.kept', { lines: lines.join('\n'), since });
}

function losses({ tx, person, community, now }: Turn, { keepers }: PrivacyParts): Promise<readonly Saying[]> {
  return listLosses(tx, keepers, person, community, now);
}

/** What cannot be brought back does not go on words that may mean something else. */
function eraseOnYes(turn: Turn, parts: PrivacyParts): Promise<Outcome> {
  const yes = parts.render(turn.community.locale, 'privacy.yes-words', {}, '');
  return isMadeOf(turn.text, yes) ? erase(turn, parts) : askDelete(turn, parts);
}

function keep(turn: Turn): Outcome {
  return { messages: isDeleteAsked(turn) ? [{ to: 'here', said: say('privacy.not-deleted') }] : [], ask: null };
}

/** Who agrees unasked names it; anything less is shown what there is to agree to. */
async function agree(turn: Turn, { render }: PrivacyParts): Promise<Outcome> {
  const { tx, person, community, now, text } = turn;
  const word = render(community.locale, 'privacy.agree-word', {}, '');
  if (!text.toLowerCase().includes(word.toLowerCase())) return alone(turn, [{ said: privacyNotice(community) }]);
  await recordConsent(tx, person.id, CONSENT_VERSION, now);
  return { messages: [{ to: 'here', said: say('privacy.agreed') }] };
}

/** Taking consent back is as easy as giving it; what is kept already goes only after a yes. */
async function refuse(turn: Turn, parts: PrivacyParts): Promise<Outcome> {
  await revokeConsent(turn.tx, turn.person.id);
  if ((await losses(turn, parts)).length > 0) return askDeleteOnRefusal(turn, parts);
  return { messages: [{ to: 'here', said: say('privacy.refused') }] };
}

type Shown = Pick<Outgoing, 'said' | 'from'>;

async function alone(turn: Turn, shown: readonly Shown[]): Promise<Outcome> {
  if (turn.chat.kind === 'direct') return { messages: shown.map((each) => ({ ...each, to: 'here' })) };
  const privateChat = await findPrivateChat(turn.tx, turn.person.id);
  if (privateChat === null) return { messages: [{ to: 'here', said: say('privacy.in-private') }] };
  return { messages: shown.map((each) => ({ ...each, to: { chatId: privateChat.id } })) };
}

const HOUR_MS = 60 * 60 * 1_000;
// At night, when nobody waits for the last word to arrive.
const SWEEP: FeatureSchedule = { kind: 'privacy.sweep', cron: '20 3 * * *', policy: 'latest', maxLateMs: 20 * HOUR_MS };

/** The private chats of the erased, kept only until the last word was sent. */
async function sweep({ tx, community, now }: DueSlot): Promise<Effects> {
  await deleteLeftChats(tx, community.id, now);
  return { messages: [] };
}
