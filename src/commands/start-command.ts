/** `start`: runs the bot until it is asked to stop. */
import { existsSync } from 'node:fs';
import { type RunningApp, startApp } from '../app.ts';
import { allTexts } from '../catalogue.ts';
import { type Config, publicUrlOf } from '../config.ts';
import { type ContentReload, watchContent } from '../content/reload.ts';
import { createVocabularyBook, type VocabularyBook } from '../joints/vocabulary-book.ts';
import { createLog, type Logger } from '../lib/log.ts';
import { isLoopbackUrl } from '../lib/loopback.ts';
import { LvlinError } from '../model/errors.ts';
import { isMarked } from '../store/examine.ts';
import { type CommandContext, EXIT, type ExitCode } from './command.ts';
import { say } from './command-texts.ts';
import { contentLines } from './content-lines.ts';
import { unwritableFolder } from './doctor/home-check.ts';
import { portUse } from './doctor/port-check.ts';
import { faultLine } from './fault-lines.ts';

export async function startCommand(context: CommandContext): Promise<ExitCode> {
  const { config } = context;
  const log = createLog(config.logLevel ?? (process.stderr.isTTY ? 'warn' : 'info'), 'stderr');
  endOnUnexpected(context, log);
  const vocabularies = createVocabularyBook();
  const content = await goodContent(context, vocabularies);
  if (content === null || (await isTaken(context))) return EXIT.fault;
  await refuseBeforeWriting(config);
  const app = await startApp(config, {
    content,
    vocabularyOf: vocabularies.of,
    contentTrouble: () => contentLines(content.faults(), context.speak),
    log,
    onTrouble: tellTrouble(context, log),
  });
  welcome(context, app);
  return stopWhenAsked(context, app, log);
}

/** In words at the terminal as well: whoever sees it there can often help at once. */
function tellTrouble({ speak, tell }: CommandContext, log: Logger): (trouble: LvlinError | null) => void {
  return (trouble) => {
    if (trouble === null) log.info({}, 'records can be written again');
    else log.error({ err: trouble, code: trouble.code }, 'records cannot be written');
    tell(trouble === null ? speak(say('start.writes-again')) : faultLine(trouble, speak));
  };
}

/** After what nobody expected nobody knows what state things are in; the next start knows, from the records. */
function endOnUnexpected({ speak, tell }: CommandContext, log: Logger): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'nobody expected this');
    tell(faultLine(error, speak));
    process.exit(EXIT.fault);
  });
}

async function goodContent(
  { config, speak, tell }: CommandContext,
  vocabularies: VocabularyBook,
): Promise<ContentReload | null> {
  const watched = await watchContent({ ...config, catalogue: allTexts, alsoCheck: vocabularies.check });
  if (watched.ok) return watched.reload;
  const lines = contentLines(watched.faults, speak);
  for (const line of lines) tell(line);
  tell(speak(say('content.broken', { count: watched.faults.length })));
  return null;
}

/** Looked at before anything is written; a bot that runs already is no fault of this one. */
async function isTaken({ config, speak, tell }: CommandContext): Promise<boolean> {
  const use = await portUse(config.host, config.port, config.home);
  if (use === 'free') return false;
  tell(use === 'ours' ? speak(say('start.already-here', { address: config.publicUrl })) : refusal(use, config, speak));
  return true;
}

function refusal(
  use: 'another' | 'theirs' | { code: string },
  { host, port, home }: Config,
  speak: CommandContext['speak'],
): string {
  if (use === 'another') return speak(say('start.another-here', { port, home }));
  if (use === 'theirs') return faultLine(new LvlinError('port-taken', { port }), speak);
  return speak(say('doctor.port-refused', { host, port, code: use.code }));
}

/** Asked before anything is begun: the first thing written would be a key, and on records of another key a useless one. */
async function refuseBeforeWriting({ home, secretKey, keyFile, databaseUrl }: Config): Promise<void> {
  const folder = unwritableFolder(home);
  if (folder !== null) throw new LvlinError('folder-not-writable', { folder });
  const needsNewKey = secretKey === null && !existsSync(keyFile);
  if (needsNewKey && (await isMarked(databaseUrl))) throw new LvlinError('key-missing', { file: keyFile });
}

function welcome({ config, speak, print }: CommandContext, app: RunningApp): void {
  const { residentsUrl, adminUrl, simulatorUrl, setupCode, keyFileMade } = app;
  print(speak(say('started.addresses', { residents: residentsUrl, admin: adminUrl })));
  // An address for residents may be wrong or not reach this machine yet; this one opens on it.
  const here = publicUrlOf(null, config.host, config.port);
  if (config.publicUrl !== here) print(speak(say('started.here', { admin: `${here}/admin` })));
  if (simulatorUrl !== null) print(speak(say('started.simulator', { simulator: simulatorUrl })));
  if (isLoopbackUrl(residentsUrl)) print(speak(say('started.only-here')));
  if (setupCode !== null) print(speak(say('started.setup-code', { code: setupCode })));
  if (keyFileMade !== null) print(speak(say('started.key-made', { file: keyFileMade })));
  print(speak(say('started.how-to-stop')));
}

// Who runs it (systemd, Docker, Windows) ends it by force 30 s after asking, or sooner.
const STOP_WITHIN_S = 25;
// The last way out where something keeps the process alive after the bot has stopped.
const LEAVE_WITHIN_MS = 1_000;
// SIGHUP: the window was closed.
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
// Ctrl+C under npm arrives twice: from the window, and handed on by npm (@npmcli/run-script, signal-manager.js).
const SAME_ASKING_MS = 1_000;

function stopWhenAsked({ speak, tell }: CommandContext, app: RunningApp, log: Logger): Promise<ExitCode> {
  return new Promise((resolve) => {
    let askedAt: number | null = null;
    const end = (code: ExitCode, line: string) => {
      tell(line);
      setTimeout(() => process.exit(code), LEAVE_WITHIN_MS).unref();
      resolve(code);
    };
    const stop = () => {
      if (askedAt !== null) {
        // Asked again: at once. What is committed is safe.
        if (performance.now() - askedAt > SAME_ASKING_MS) process.exit(EXIT.fault);
        return;
      }
      askedAt = performance.now();
      setTimeout(() => {
        tell(speak(say('stopped.too-slow', { seconds: STOP_WITHIN_S })));
        process.exit(EXIT.fault);
      }, STOP_WITHIN_S * 1_000).unref();
      app.stop().then(
        () => end(EXIT.ok, speak(say('stopped.quietly'))),
        (error: unknown) => {
          log.error({ err: error }, 'the bot could not stop in order');
          end(EXIT.fault, faultLine(error, speak));
        },
      );
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}
