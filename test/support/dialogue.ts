/**
 * Plays `.dialogue` files: people speak, the bot answers, keys are compared and never wording.
 *
 *     # the last place goes to the first who asks        a test begins
 *     activity 周六捡垃圾 2026-11-21 09:00-11:00 limit 1    a set-up line of the suite's own commands
 *     lin > 报名 周六捡垃圾                                  in private
 *     bot < volunteering.joined {place: 南门}              the next thing said in that chat; variables as far as named
 *     lin in 3号楼群 > @绿邻 大骨头扔哪                       in a group; @绿邻 at the start is a mention
 *     bot to wang < volunteering.offered                  said in wang's private chat
 *     bot in 3号楼群 < tips.tip                             said in a group
 *     silence                                             nothing more was said
 *     at 2026-11-21 09:00                                 the clock moves (Shanghai)
 *     tick                                                the scheduler looks
 *     restart                                             the process ends and starts again
 *
 * Everything said must be named: a line by a person, `tick`, and the end ask that nothing was left over.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Spoken, type Stage, type StageParts, setStage } from './stage.ts';

export interface DialogueParts extends StageParts {
  /** Set-up lines: the first word, and what it does with the rest of the line. */
  readonly commands?: Readonly<Record<string, (stage: Stage, rest: string) => Promise<void>>>;
}

/** Each dialogue of each file in the folder becomes a test. */
export function playDialogues(folder: string, parts: DialogueParts): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.dialogue'))) {
    describe(file.replace('.dialogue', ''), () => {
      for (const dialogue of dialoguesOf(readFileSync(join(folder, file), 'utf8'))) {
        test(dialogue.title, () => play(dialogue, parts));
      }
    });
  }
}

interface Line {
  readonly number: number;
  readonly text: string;
}

interface Dialogue {
  readonly title: string;
  readonly lines: Line[];
}

function dialoguesOf(source: string): Dialogue[] {
  const dialogues: Dialogue[] = [];
  source.split(/\r?\n/).forEach((raw, index) => {
    const text = raw.trim();
    if (text.startsWith('# ')) dialogues.push({ title: text.slice(2), lines: [] });
    else if (text !== '') dialogues.at(-1)?.lines.push({ number: index + 1, text });
  });
  return dialogues;
}

interface Play {
  readonly stage: Stage;
  readonly parts: DialogueParts;
  /** How far the delivered messages have been named, by chat. */
  readonly heard: Map<string, number>;
  readonly transcript: string[];
  place: string;
}

async function play({ lines }: Dialogue, parts: DialogueParts): Promise<void> {
  const stage = await setStage(parts);
  const state: Play = { stage, parts, heard: new Map(), transcript: [], place: '' };
  try {
    for (const line of lines) {
      state.transcript.push(`${line.number}: ${line.text}`);
      await playLine(state, line.text);
    }
    expectSilence(state);
  } finally {
    await stage.close();
  }
}

const SPEECH = /^(?<who>\S+?)(?: in (?<group>\S+))? > (?<text>.*)$/u;
const ANSWER = /^bot(?: to (?<who>\S+)| in (?<group>\S+))? < (?<key>\S+)(?: \{(?<variables>.*)\})?$/u;

async function playLine(state: Play, line: string): Promise<void> {
  const answer = ANSWER.exec(line)?.groups;
  if (answer !== undefined) return expectAnswer(state, answer);
  const speech = SPEECH.exec(line)?.groups;
  if (speech !== undefined) {
    expectSilence(state);
    return speak(state, speech.who ?? '', (speech.text ?? '').replaceAll('\\n', '\n'), speech.group);
  }
  const [command = '', ...rest] = line.split(' ');
  await runCommand(state, command, rest.join(' '));
}

async function speak(state: Play, who: string, text: string, group: string | undefined): Promise<void> {
  state.place = group === undefined ? `private:${who}` : `group:${group}`;
  if (group === undefined) return state.stage.hear(who, text);
  const mentioned = /^@绿邻\s*/.test(text);
  await state.stage.hear(who, text.replace(/^@绿邻\s*/, ''), { group, mentioned });
}

async function runCommand(state: Play, command: string, rest: string): Promise<void> {
  const { stage, parts } = state;
  const own = parts.commands?.[command];
  if (own !== undefined) return own(stage, rest);
  if (command === 'silence') return expectSilence(state);
  if (command === 'restart') return stage.restart();
  if (command === 'tick') {
    expectSilence(state);
    return stage.tick();
  }
  if (command === 'at') return stage.clock.set(new Date(`${rest.replace(' ', 'T')}:00+08:00`));
  throw new Error(`nobody knows what to do with: ${command} ${rest}`);
}

function expectAnswer(state: Play, groups: Record<string, string | undefined>): void {
  const { who, group, key, variables } = groups;
  if (who !== undefined) state.place = `private:${who}`;
  if (group !== undefined) state.place = `group:${group}`;
  const said = saidIn(state, state.place);
  const count = state.heard.get(state.place) ?? 0;
  const next = said[count];
  state.heard.set(state.place, count + 1);
  expect(next?.key ?? 'nothing', story(state)).toBe(key);
  for (const [name, value] of variablesOf(variables)) {
    expect(String(next?.variables[name]), story(state)).toBe(value);
  }
}

function expectSilence(state: Play): void {
  for (const place of new Set(state.stage.channel.delivered.map((delivery) => delivery.chat.address))) {
    const left = saidIn(state, place).slice(state.heard.get(place) ?? 0);
    expect(
      left.map((spoken) => `${place}: ${spoken.key}`),
      story(state),
    ).toEqual([]);
  }
}

function saidIn({ stage }: Play, place: string): Spoken[] {
  return stage.channel.delivered.filter((one) => one.chat.address === place).map((one) => stage.spoken(one));
}

function variablesOf(text = ''): [string, string][] {
  return text
    .split(/,\s*(?=\w+:)/)
    .filter((part) => part !== '')
    .map((part) => {
      const colon = part.indexOf(':');
      return [part.slice(0, colon).trim(), part.slice(colon + 1).trim()];
    });
}

/** What was played and what was really said, for the one who has to find out why. */
function story({ stage, transcript }: Play): string {
  const said = stage.channel.delivered.map((one) => `${one.chat.address}: ${one.message.text}`);
  return `\n${transcript.join('\n')}\n--- said ---\n${said.join('\n')}\n`;
}
