/** The front desk: says what can be done here, takes what no other feature knows to a person, and never pretends. */
import { mayMakeRecords } from '../../model/staff.ts';
import type { Saying } from '../../model/text.ts';
import type { IntentName } from '../../model/understanding.ts';
import type { Feature, Outcome, Turn } from '../../runtime/feature.ts';
import { findStaffOfChat } from '../../store/staff-chat-table.ts';
import { meetEmergency, overhearEmergency } from './emergency.ts';
import { emergencyIn, overheardEmergency, plainEmergencyIn } from './emergency-words.ts';
import { type DeskContent, type DeskHint, type DeskParts, inWords, rememberWords } from './front-desk-parts.ts';
import { FRONT_DESK_TEXTS, say } from './front-desk-texts.ts';
import { asksForSource, type DeskWords, wordSaid } from './front-desk-words.ts';
import { addForPerson, addWhere, callPerson, isForPerson, isWhere, noteIssue, passOn } from './person.ts';
import { hasTip, tellSource } from './source.ts';
import { tellAlso } from './staff-news.ts';
import { askWhatWasMeant, isUnclearOpen, readChosen } from './unclear.ts';

export function createFrontDesk({ content, knows, tellStaff }: DeskParts): Feature {
  const wordsOf = rememberWords();
  return {
    name: 'front-desk',
    intents: ['help', 'thanks', 'question', 'issue.report', 'none', 'choice', 'confirm', 'quiz.answer', 'staff.notice'],
    texts: FRONT_DESK_TEXTS,
    standsAlone: (text) => ALWAYS_ITS_OWN.has(wordSaid(text, wordsOf(content()))),
    // Danger is no answer to an open question, and no sign-up that happens to be spoken of in the same breath.
    hearsFirst: ({ chat, text, mentioned, chain }) => {
      if (chain !== undefined) return null;
      const hear = chat.kind === 'direct' || mentioned ? plainEmergencyIn : overheardEmergency;
      return hear(text, wordsOf(content()).danger) === null ? null : { intent: 'question', slots: { text } };
    },
    act: async (turn) => {
      const { danger } = wordsOf(content());
      const emergency = turn.addressed ? emergencyIn(turn.text, danger) : overheardEmergency(turn.text, danger);
      if (emergency !== null && !turn.addressed)
        return tellAlso(turn, tellStaff, await overhearEmergency(turn), 'overheard');
      if (emergency !== null)
        return tellAlso(turn, tellStaff, await meetEmergency(turn, content(), emergency), emergency);
      if (turn.askedInVain === true) return passOn(turn, turn.text, say('desk.passed-on-meanwhile'));
      const chosen = await readChosen(turn, content());
      if (chosen !== null) return chosen;
      if (!turn.addressed) return { messages: [] };
      if (isWhere(turn) && wordSaid(turn.text, wordsOf(content())) === null) return addWhere(turn);
      if (NEIGHBOURS_ASKED.has(turn.understood.intent) && wordsOf(content()).asksOfNeighbours(turn.text))
        return answer(say('desk.neighbours-private'));
      const hint = MAY_BE_KNOWN.has(turn.understood.intent) ? notForPerson(turn, await knows(turn)) : null;
      if (hint !== null && 'readAs' in hint) return { messages: [], readAs: hint.readAs };
      if (hint !== null) return passOn(turn, inWords(content(), turn.community, aboutActivity(turn, hint.about)));
      const words = wordsOf(content());
      const outcome = await attend(turn, content(), words);
      return wordSaid(turn.text, words) === 'person' ? tellAlso(turn, tellStaff, outcome, 'person') : outcome;
    },
  };
}

/** A bare yes may answer somebody's question; these never do. */
const ALWAYS_ITS_OWN: ReadonlySet<ReturnType<typeof wordSaid>> = new Set(['source', 'person', 'bins', 'contact']);

/** What the desk has no answer of its own to. */
const MAY_BE_KNOWN: ReadonlySet<IntentName> = new Set(['question', 'none', 'confirm', 'choice']);

/** As a question, or in words that say nothing else to anybody here. */
const NEIGHBOURS_ASKED: ReadonlySet<IntentName> = new Set(['question', 'none']);

/** What follows the call for a person is theirs, but for a code: it was given to be typed here. */
function notForPerson(turn: Turn, hint: DeskHint | null): DeskHint | null {
  if (hint === null || !isForPerson(turn)) return hint;
  return 'readAs' in hint && hint.readAs.intent.startsWith('code.') ? hint : null;
}

function aboutActivity({ text }: Turn, title: string): Saying {
  return text.includes(title) ? say('desk.asked', { asked: text }) : say('desk.asked-about', { asked: text, title });
}

async function attend(turn: Turn, content: DeskContent, words: DeskWords): Promise<Outcome> {
  switch (wordSaid(turn.text, words)) {
    case 'source':
      return tellSource(turn, content);
    case 'person':
      return callPerson(turn);
    case 'fine':
      return answer(say('desk.fine'));
    case 'drop':
      return dropped(turn);
    case 'yes':
      return answer(isForPerson(turn) ? say('desk.fine') : say('desk.nothing-open'));
    case 'bins':
      return answer(say('desk.go-waste'));
    case 'contact':
      return tellContact(turn);
    case 'empty':
      return answer(helpFor(turn));
    case null:
      return attendSentence(turn, content, words);
  }
}

/** Three things were offered and none is wanted; where nothing was asked it is a word among others. */
function dropped(turn: Turn): Outcome {
  return isUnclearOpen(turn) ? { ...answer(say('desk.let-go')), ask: null } : answer(say('desk.fine'));
}

async function attendSentence(turn: Turn, content: DeskContent, words: DeskWords): Promise<Outcome> {
  switch (turn.understood.intent) {
    case 'help':
      return answer(helpFor(turn));
    case 'thanks':
      return answer(say('desk.thanks'));
    case 'issue.report':
      return noteIssue(turn, content);
    case 'staff.notice':
      return wayToNotices(turn);
    case 'question':
      if (asksForSource(turn.text, words) && (await hasTip(turn))) return tellSource(turn, content);
      return isForPerson(turn) ? addForPerson(turn) : passOn(turn, turn.text);
    default:
      return isForPerson(turn) ? addForPerson(turn) : meetUnclear(turn, content, words);
  }
}

/** An answer to a question that is not open, or words that say nothing to anybody here. */
function meetUnclear(turn: Turn, content: DeskContent, words: DeskWords): Outcome {
  switch (turn.understood.intent) {
    case 'quiz.answer':
      return answer(say('desk.no-quiz'));
    case 'choice':
    case 'confirm':
      return answer(say('desk.nothing-open'));
    default:
      return askWhatWasMeant(turn, content, words);
  }
}

/** What the committee has set to be shown; where it has set nothing, it is asked. */
async function tellContact(turn: Turn): Promise<Outcome> {
  const { contact, address } = turn.community.settings;
  if (contact === '') return passOn(turn, turn.text);
  return answer(address === '' ? say('desk.contact', { contact }) : say('desk.contact-address', { contact, address }));
}

/** Only who has bound this very chat to their account is shown the way in; a name says nothing. */
async function wayToNotices({ tx, community, chat }: Turn): Promise<Outcome> {
  const staff = await findStaffOfChat(tx, community.id, chat.id);
  if (staff === null || !mayMakeRecords(staff, community.id)) return answer(say('desk.notice-by-page'));
  const link = { label: say('desk.notice-open'), path: '/admin/notices/new' };
  return { messages: [{ to: 'here', said: { ...say('desk.notice-on-page'), link } }] };
}

function helpFor({ chat }: Turn): Saying {
  return chat.kind === 'group' ? say('desk.help-group') : say('desk.help');
}

function answer(said: Saying): Outcome {
  return { messages: [{ to: 'here', said }] };
}
