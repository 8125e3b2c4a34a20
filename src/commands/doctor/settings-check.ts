/** Where does each setting come from? Nobody should have to guess why a change in one place does nothing. */
import { statSync } from 'node:fs';
import type { Config, GivenSetting } from '../../config.ts';
import type { Speak } from '../command.ts';
import { say } from '../command-texts.ts';
import { type Finding, finding } from './finding.ts';

/** Faulty ones are refused before any command begins. */
export function checkSettings({ given, settingsFile }: Config, speak: Speak): Finding[] {
  const usual = given.filter(({ origin }) => origin === 'default').map(({ name }) => name);
  const set = given.filter(({ origin }) => origin !== 'default');
  return [
    finding('settings', 'good', say('doctor.settings-good')),
    ...set.map((setting) => finding('setting', 'good', whence(setting, settingsFile, speak))),
    ...(usual.length === 0
      ? []
      : [finding('settings', 'good', say('doctor.settings-default', { names: usual.join(' ') }))]),
    ...openToOthers(set, settingsFile),
  ];
}

const RIGHTS_OF_OTHERS = 0o077;

/** Only where a secret stands in it. Windows keeps rights elsewhere, and a user's folder there is the user's own. */
function openToOthers(set: readonly GivenSetting[], file: string): Finding[] {
  const holdsSecret = set.some(({ origin, shown }) => origin === 'settings-file' && shown === null);
  if (process.platform === 'win32' || !holdsSecret) return [];
  const isOpen = (statSync(file).mode & RIGHTS_OF_OTHERS) !== 0;
  return isOpen ? [finding('settings', 'warning', say('doctor.settings-open', { file }))] : [];
}

function whence({ name, shown, origin }: GivenSetting, file: string, speak: Speak) {
  const where = speak({ key: `doctor.setting-${origin}`, variables: origin === 'settings-file' ? { file } : {} });
  if (shown === null) return say('doctor.setting-hidden', { name, origin: where });
  return say('doctor.setting', { name, value: shown, origin: where });
}
