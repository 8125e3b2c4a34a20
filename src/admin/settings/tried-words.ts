/** Shows what the bot makes of a sentence and by which words, for whoever teaches it some. */
import { html } from 'hono/html';
import { normaliseName } from '../../content/name-index.ts';
import type { Html } from '../../lib/http/html.ts';
import { fromWire } from '../../lib/text.ts';
import type { OwnWord } from '../../model/own-word.ts';
import type { IntentName, Slots, Utterance } from '../../model/understanding.ts';
import type { Explained, HeardPhrase } from '../admin-parts.ts';
import { textField } from '../form-fields.ts';
import { dateWords } from '../local-words.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { pledgeWords } from '../pledges/pledge-words.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { stateOf } from './settings-form.ts';
import { MEANING_TEXTS, WORDS_TEXTS } from './words-texts.ts';

const LONGEST = 300;

export function readingOf(
  { parts, now }: Visit,
  words: readonly OwnWord[],
  text: string,
  chat: Utterance['chat'],
): Explained {
  return parts.explain({ text, chat, mentioned: false, at: now.toISOString(), open: null, words: [...words] });
}

export function meaningWords(visit: Visit, intent: IntentName): string {
  return wordsFor(visit, MEANING_TEXTS)(MEANING_KEYS[intent]);
}

export function trySection(visit: Visit, own: readonly OwnWord[]): Html {
  const words = wordsFor(visit, WORDS_TEXTS);
  const tried = fromWire(visit.context.req.query('try') ?? '', LONGEST).trim();
  const field = textField(stateOf(visit, { try: tried }, {}, 'try'), {
    name: 'try',
    label: words('words.try-said'),
    hint: words('words.try-hint'),
  });
  return html`<section id="try"><h2>${words('words.try')}</h2>
<form method="get" action="/admin/settings/words#try">${field}<p class="actions"><button>${words('words.try-button')}</button></p></form>
${tried === '' ? '' : result(visit, own, tried)}</section>`;
}

function result(visit: Visit, own: readonly OwnWord[], tried: string): Html {
  const words = wordsFor(visit, WORDS_TEXTS);
  const read = readingOf(visit, own, tried, 'direct');
  const answersInGroup = readingOf(visit, own, tried, 'group').intent !== 'none';
  const lines = [
    words('words.try-means', { means: meaningWords(visit, read.intent) }),
    ...slotLines(visit, read.slots),
    ...(normaliseName(read.heard) === normaliseName(tried) ? [] : [words('words.try-spelled', { heard: read.heard })]),
    because(visit, read),
    words(answersInGroup ? 'words.try-group' : 'words.try-group-silent'),
  ];
  return html`<ul class="rows" role="status">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function slotLines(visit: Visit, slots: Slots): string[] {
  const words = wordsFor(visit, WORDS_TEXTS);
  const { habits = [], household, people, item, activity, name, party, date, topic, topics = [] } = slots;
  const list = [...habits.map((id) => habitTitle(visit, id)), ...topics].join(
    wordsFor(visit, PAGE_TEXTS)('page.list-separator'),
  );
  return [
    ...(list === '' ? [] : [words('words.habits', { list })]),
    ...(household === undefined ? [] : [words('words.household', { place: pledgeWords(visit).place(household) })]),
    ...(people === undefined ? [] : [words('words.people', { count: people })]),
    ...(item === undefined ? [] : [words('words.item', { item })]),
    ...(activity === undefined ? [] : [words('words.activity', { title: activity })]),
    ...(name === undefined ? [] : [words('words.name', { name })]),
    ...(party === undefined ? [] : [words('words.party', { count: party })]),
    ...(date === undefined ? [] : [words('words.date', { day: dateWords(date, visit.community) })]),
    ...(topic === undefined ? [] : [words('words.topic', { topic })]),
  ];
}

// More than this nobody reads.
const MOST_PHRASES = 8;

function because(visit: Visit, { intent, phrases }: Explained): string {
  const words = wordsFor(visit, WORDS_TEXTS);
  const whole = phrases.filter(
    ({ said }) => !phrases.some((other) => other.said !== said && other.said.includes(said)),
  );
  if (whole.length === 0) return words('words.try-nothing');
  // A word for a thing and a habit at once is what the sentence asks for.
  const last = intent === 'waste.ask' ? 'waste' : 'habit';
  const sorted = whole.toSorted((one, other) => Number(one.kind === last) - Number(other.kind === last));
  const texts = new Map(sorted.map((phrase) => [phrase.said, phraseWords(visit, phrase)]));
  const inOrder = [...new Set(whole.map(({ said }) => texts.get(said) ?? said))];
  const list = inOrder.slice(0, MOST_PHRASES).join(wordsFor(visit, PAGE_TEXTS)('page.list-separator'));
  return words('words.try-because', { list });
}

function phraseWords(visit: Visit, { said, kind, value }: HeardPhrase): string {
  const words = wordsFor(visit, WORDS_TEXTS);
  if (kind === 'habit') return words('words.phrase-habit', { said, title: habitTitle(visit, value) });
  return words(kind === 'waste' ? 'words.phrase-waste' : 'words.phrase', { said });
}

function habitTitle({ content }: Visit, id: string): string {
  return content.habits.find((habit) => habit.id === id)?.title ?? id;
}

const MEANING_KEYS = {
  'pledge.make': 'means.pledge-make',
  'pledge.change': 'means.pledge-change',
  'pledge.withdraw': 'means.pledge-withdraw',
  'pledge.show': 'means.pledge-show',
  'check-in': 'means.check-in',
  'sign-up.join': 'means.sign-up-join',
  'sign-up.cancel': 'means.sign-up-cancel',
  'sign-up.list': 'means.sign-up-list',
  chain: 'means.chain',
  'waste.ask': 'means.waste-ask',
  'tip.ask': 'means.tip-ask',
  'messages.stop': 'means.messages-stop',
  'messages.resume': 'means.messages-resume',
  'notice.acknowledge': 'means.notice-acknowledge',
  'quiz.answer': 'means.quiz-answer',
  choice: 'means.choice',
  confirm: 'means.confirm',
  'household.give': 'means.household-give',
  'name.give': 'means.name-give',
  'privacy.show': 'means.privacy-show',
  'privacy.delete': 'means.privacy-delete',
  'privacy.agree': 'means.privacy-agree',
  'privacy.refuse': 'means.privacy-refuse',
  'issue.report': 'means.issue-report',
  question: 'means.question',
  help: 'means.help',
  thanks: 'means.thanks',
  'staff.activity': 'means.staff-activity',
  'staff.notice': 'means.staff-notice',
  'code.give': 'means.code-give',
  'code.ask': 'means.code-ask',
  none: 'means.none',
} as const satisfies Record<IntentName, keyof typeof MEANING_TEXTS>;
