/** Where does each setting come from? Nobody should have to guess why a change in one place does nothing. */
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
  ];
}

function whence({ name, shown, origin }: GivenSetting, file: string, speak: Speak) {
  const where = speak({ key: `doctor.setting-${origin}`, variables: origin === 'settings-file' ? { file } : {} });
  if (shown === null) return say('doctor.setting-hidden', { name, origin: where });
  return say('doctor.setting', { name, value: shown, origin: where });
}
