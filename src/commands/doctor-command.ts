/** `doctor`: one look at everything the bot stands on, with what to do where something is wrong. Changes nothing. */
import { systemClock } from '../lib/clock.ts';
import { databaseBytes } from '../store/beside.ts';
import { type CommandContext, EXIT, type ExitCode } from './command.ts';
import { say } from './command-texts.ts';
import { checkChannels } from './doctor/channels-check.ts';
import { checkClock } from './doctor/clock-check.ts';
import { checkContentFolders } from './doctor/content-check.ts';
import { accountHolder, checkDatabase, checkRecords } from './doctor/database-check.ts';
import type { Finding, FindingState } from './doctor/finding.ts';
import { checkHome } from './doctor/home-check.ts';
import { checkKey } from './doctor/key-check.ts';
import { checkModel } from './doctor/model-check.ts';
import { checkPort } from './doctor/port-check.ts';
import { checkSettings } from './doctor/settings-check.ts';

const MARKS: Record<FindingState, string> = { good: '✓', warning: '!', bad: '✗' };

export async function examine(context: CommandContext, options: { readonly json?: boolean }): Promise<ExitCode> {
  const findings = await look(context);
  const told = findings.map(({ check, state, said }) => ({ check, state, text: context.speak(said) }));
  if (options.json === true) context.print(JSON.stringify(told, null, 2));
  else for (const { state, text } of told) context.print(`${MARKS[state]} ${text}`);
  const bad = findings.filter(({ state }) => state === 'bad').length;
  if (options.json !== true) context.print(context.speak(summary(findings, bad)));
  return bad > 0 ? EXIT.fault : EXIT.ok;
}

// Longer than a second to look through.
const LARGE_BYTES = 200_000_000;

async function look({ config, speak, tell }: CommandContext): Promise<Finding[]> {
  const now = systemClock.now();
  const settings = checkSettings(config, speak);
  const home = await checkHome(config.home);
  const { finding: contentFinding, content } = await checkContentFolders(config);
  if (databaseBytes(config.databaseUrl) > LARGE_BYTES) tell(speak(say('doctor.looking-at-database')));
  const database = await checkDatabase(config, speak);
  const key = checkKey(config, database.keyMark);
  const canRead = database.isReadable && key.vault !== null;
  const records = canRead ? await checkRecords(config.databaseUrl, key.vault, now) : { findings: [], newest: null };
  const clock = checkClock(now, records.newest, config.zone);
  const port = await checkPort(config);
  const held = { url: config.databaseUrl, vault: canRead ? key.vault : null, now };
  if (hasAccounts(config)) tell(speak(say('doctor.looking-at-channels')));
  const channels = await checkChannels({ config, isHeld: accountHolder(held), now, speak });
  const all = [
    ...settings,
    ...home,
    clock,
    contentFinding,
    ...key.findings,
    ...database.findings,
    ...records.findings,
    port,
  ];
  return [...all, ...channels, ...(await checkModel(config, content, now))];
}

function hasAccounts({ accounts: { wecom, telegram, wechat } }: CommandContext['config']): boolean {
  return wecom !== null || telegram !== null || wechat !== null;
}

function summary(findings: readonly Finding[], bad: number) {
  const warnings = findings.filter(({ state }) => state === 'warning').length;
  if (bad === 0 && warnings === 0) return say('doctor.all-good');
  return say('doctor.summary', { bad, warnings });
}
