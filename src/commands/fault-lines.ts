/** What went wrong, as sentences that say what to do. */
import type { ConfigFault } from '../config.ts';
import { type ErrorDetails, isLvlinError } from '../model/errors.ts';
import type { Speak } from './command.ts';
import { FAULT_TEXTS, say } from './command-texts.ts';

/** The sentence for a known fault; a calm one with a code for any other, whose story is in the log. */
export function faultLine(error: unknown, speak: Speak): string {
  if (!isLvlinError(error)) return speak(say('fault.unknown', { code: codeOf(error) }));
  const key = `fault.${error.code}` as const;
  return speak({ key, variables: { ...blanks(FAULT_TEXTS[key]), ...wordsOf(error.details) } });
}

export function settingLine(fault: ConfigFault, speak: Speak): string {
  const { kind, name } = fault;
  if (kind === 'unknown') return speak(say('setting.unknown', { name, meant: fault.meant }));
  if (kind === 'unknown-in-file') {
    return speak(say('setting.unknown-in-file', { file: fault.file, name, meant: fault.meant }));
  }
  const { example } = fault;
  const about = speak({ key: fault.about, variables: {} });
  if (kind === 'wrong') return speak(say('setting.wrong', { name, example, about }));
  return speak(say('setting.wrong-in-file', { file: fault.file, name, example, about }));
}

/** The details it was thrown with, and `where`: whichever of them says what it is about. */
function wordsOf(details: ErrorDetails): Record<string, string> {
  const { file, folder, host, setting, key } = details;
  const database = details.database === undefined ? undefined : `${host ?? ''}/${details.database}`;
  const words = Object.entries(details).map(([name, value]) => [name, String(value)]);
  return { ...Object.fromEntries(words), where: String(file ?? folder ?? database ?? setting ?? key ?? '') };
}

function blanks(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, '']));
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
