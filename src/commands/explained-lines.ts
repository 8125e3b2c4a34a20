/** Why the bot takes a sentence as it does, as lines for whoever edits the tables. */
import { BAR } from '../language/evidence.ts';
import type { Candidate, Explanation } from '../language/understand.ts';
import { textColumns } from '../lib/text-columns.ts';
import type { Slots } from '../model/understanding.ts';
import type { Speak } from './command.ts';
import { say } from './command-texts.ts';

/** Names of intents, slots and signals as they stand in the tables. */
export function explainedLines({ heard, intent, slots, phrases, candidates }: Explanation, speak: Speak): string[] {
  const said = slotsOf(slots);
  const inFavour = candidates.filter(({ score }) => score > 0);
  const list = [...Map.groupBy(phrases, (phrase) => phrase.said)]
    .map(([words, ones]) => `${words} (${[...new Set(ones.map(kindOf))].join(', ')})`)
    .join('  ');
  return [
    speak(say('explain.heard', { heard })),
    speak(say('explain.means', { intent })),
    ...said.map((slot) => `    ${slot}`),
    speak(list === '' ? say('explain.no-phrases') : say('explain.phrases', { list })),
    '',
    speak(say('explain.scores', { bar: BAR })),
    ...textColumns(inFavour.map(scored)).map((line, at) => `  ${line}  ${reasonsOf(inFavour[at])}`),
    ...(inFavour.length === candidates.length
      ? []
      : [speak(say('explain.against', { count: candidates.length - inFavour.length }))]),
  ];
}

function slotsOf(slots: Slots): string[] {
  return Object.entries(slots).map(([name, value]) => `${name}  ${wordsOf(value)}`);
}

function wordsOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function kindOf({ kind, value }: Explanation['phrases'][number]): string {
  return kind === value ? kind : `${kind} ${value}`;
}

function scored({ intent, score }: Candidate): string[] {
  return [intent, String(score)];
}

function reasonsOf(candidate: Candidate | undefined): string {
  const reasons = candidate?.evidence.map(({ why, weight }) => `${weight > 0 ? '+' : ''}${weight} ${why}`);
  return reasons?.join(', ') ?? '';
}
