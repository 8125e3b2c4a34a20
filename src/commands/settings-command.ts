/** `settings`: everything that can be set, as a file to start from; `.env.example` is its output. */
import type { Setting } from '../setting.ts';
import { SETTINGS } from '../setting-list.ts';
import { type CommandContext, EXIT, type ExitCode, type Speak } from './command.ts';
import { say } from './command-texts.ts';

export async function listSettings({ speak, print }: CommandContext): Promise<ExitCode> {
  print(settingsFile(speak));
  return EXIT.ok;
}

/** Every line of it is a remark: the file as it is changes nothing. */
export function settingsFile(speak: Speak): string {
  const paragraphs = SETTINGS.map((setting) => paragraph(setting, speak));
  return [`# ${speak(say('setting.file-head'))}`, ...paragraphs].join('\n\n');
}

function paragraph({ name, about, byDefault, example }: Setting, speak: Speak): string {
  const usual = byDefault === null ? [] : [`# ${speak(say('setting.default', { value: byDefault }))}`];
  return [`# ${speak({ key: about, variables: {} })}`, ...usual, `#${name}=${example}`].join('\n');
}
