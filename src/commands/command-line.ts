/** Which commands there are; each is loaded when it is called, so that none waits for another's modules. */
import { Command, CommanderError } from 'commander';
import { readConfig, readEnvironment, readSpokenIn, type Sources } from '../config.ts';
import { createLog } from '../lib/log.ts';
import { isLvlinError } from '../model/errors.ts';
import { type CommandContext, EXIT, type ExitCode, type Speak } from './command.ts';
import { loadSpeech } from './command-speech.ts';
import { type COMMAND_TEXTS, say } from './command-texts.ts';
import { faultLine, settingLine } from './fault-lines.ts';
import { readSaved, type SavedReading } from './saved-settings.ts';

type Act = (context: CommandContext) => Promise<ExitCode>;
type Run = (act: Act) => Promise<void>;

export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  const given = readEnvironment();
  leaveWithReader();
  const reading = await readSaved(given);
  const sources = { ...given, saved: reading.saved };
  const speak = await loadSpeech(readSpokenIn(sources));
  let code: ExitCode = EXIT.ok;
  const program = createProgram(speak, async (act) => {
    code = await actSafely(act, sources, reading, speak);
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return usageCode(error, args, program, speak);
  }
}

/** `lvlin … | head` closes its end when it has seen enough; that is no fault. */
function leaveWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.ok);
    throw error;
  });
}

/** With faulty settings nothing is begun: half of them would be the wrong half. */
async function actSafely(act: Act, sources: Sources, reading: SavedReading, speak: Speak): Promise<ExitCode> {
  const settings = readConfig(sources);
  if (reading.restored !== null) tell(speak(say('setting.restored', reading.restored)));
  if (reading.fault !== null) tell(faultLine(reading.fault, speak));
  if (reading.fault !== null && settings.ok) return EXIT.fault;
  if (!settings.ok) {
    for (const fault of settings.faults) tell(settingLine(fault, speak));
    return EXIT.fault;
  }
  try {
    return await act({ config: settings.config, speak, print, tell });
  } catch (error) {
    if (!isLvlinError(error)) createLog('error', 'stderr').error({ err: error }, 'command failed');
    tell(faultLine(error, speak));
    return EXIT.fault;
  }
}

function createProgram(speak: Speak, run: Run): Command {
  const about = (key: PlainKey) => speak(say(key));
  const program = styled(new Command('lvlin').description(about('command.about')), about);
  program
    .command('start')
    .description(about('command.start'))
    .action(() => run(async (context) => (await import('./start-command.ts')).startCommand(context)));
  program
    .command('doctor')
    .description(about('command.doctor'))
    .option('--json', about('command.doctor-json'))
    .action((options: { json?: boolean }) =>
      run(async (context) => (await import('./doctor-command.ts')).examine(context, options)),
    );
  addContentCommands(program, about, run);
  addRecordCommands(program, about, run);
  addTableCommands(program, about, run);
  return program;
}

function addContentCommands(program: Command, about: (key: PlainKey) => string, run: Run): void {
  program
    .command('check-content')
    .description(about('command.check-content'))
    .action(() => run(async (context) => (await import('./check-content-command.ts')).checkContent(context)));
  program
    .command('settings')
    .description(about('command.settings'))
    .action(() => run(async (context) => (await import('./settings-command.ts')).listSettings(context)));
  program
    .command('understand')
    .description(about('command.understand'))
    .argument('[words...]', about('command.understand-words'))
    .option('--explain', about('command.understand-explain'))
    .action((words: readonly string[], options: { explain?: boolean }) =>
      run(async (context) => (await import('./understand-command.ts')).understandLines(context, words, options)),
    );
  program
    .command('exam')
    .description(about('command.exam'))
    .argument('<file>', about('command.exam-file'))
    .option('--json', about('command.exam-json'))
    .action((file: string, options: { json?: boolean }) =>
      run(async (context) => (await import('./exam-command.ts')).takeExam(context, file, options)),
    );
}

function addRecordCommands(program: Command, about: (key: PlainKey) => string, run: Run): void {
  program
    .command('backup')
    .description(about('command.backup'))
    .argument('[file]', about('command.backup-file'))
    .action((file: string | undefined) =>
      run(async (context) => (await import('./backup-command.ts')).makeBackup(context, file)),
    );
  program
    .command('restore')
    .description(about('command.restore'))
    .argument('<file>', about('command.restore-file'))
    .option('--replace', about('command.restore-replace'))
    .action((file: string, options: { replace?: boolean }) =>
      run(async (context) => (await import('./restore-command.ts')).restoreBackup(context, file, options)),
    );
  program
    .command('reset-password')
    .description(about('command.reset-password'))
    .argument('<login>', about('command.reset-password-login'))
    .action((login: string) =>
      run(async (context) => (await import('./reset-password-command.ts')).resetPassword(context, login)),
    );
}

function addTableCommands(program: Command, about: (key: PlainKey) => string, run: Run): void {
  program
    .command('export')
    .description(about('command.export'))
    .argument('<folder>', about('command.export-folder'))
    .requiredOption('--as <login>', about('command.as'))
    .option('--full', about('command.export-full'))
    .option('--reason <words>', about('command.export-reason'))
    .action((folder: string, options: { as: string; full?: boolean; reason?: string }) =>
      run(async (context) => (await import('./export-command.ts')).exportRecords(context, folder, options)),
    );
  program
    .command('import')
    .description(about('command.import'))
    .argument('<file>', about('command.import-file'))
    .requiredOption('--as <login>', about('command.as'))
    .action((file: string, options: { as: string }) =>
      run(async (context) => (await import('./import-command.ts')).importTable(context, file, options)),
    );
}

/** The keys of texts without variables. */
type PlainKey = {
  [Key in keyof typeof COMMAND_TEXTS]: (typeof COMMAND_TEXTS)[Key] extends readonly [] ? Key : never;
}[keyof typeof COMMAND_TEXTS];

const TITLES: Readonly<Record<string, PlainKey>> = {
  'Usage:': 'help.usage',
  'Arguments:': 'help.arguments',
  'Options:': 'help.options',
  'Commands:': 'help.commands',
};

/** Help in our own words, and never an exit from inside the library. */
function styled(program: Command, about: (key: PlainKey) => string): Command {
  return program
    .helpOption('-h, --help', about('command.help'))
    .helpCommand('help [command]', about('command.help'))
    .configureHelp({ styleTitle: (title) => titleOf(title, about) })
    .configureOutput({ outputError: () => {} })
    .exitOverride();
}

function titleOf(title: string, about: (key: PlainKey) => string): string {
  const key = TITLES[title];
  return key === undefined ? title : about(key);
}

function usageCode(error: unknown, args: readonly string[], program: Command, speak: Speak): ExitCode {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) return EXIT.ok;
  // Called with nothing: the help has been shown.
  if (error.code !== 'commander.help') tell(speak(usageSaying(error, args, program)));
  return EXIT.usage;
}

/** With what such a call looks like, where something is missing: nobody should have to guess it. */
function usageSaying({ code }: CommanderError, args: readonly string[], program: Command) {
  const words = args.join(' ');
  const command = program.commands.find((one) => one.name() === args[0]);
  if (command !== undefined && MISSING.includes(code)) {
    return say('help.missing', { words, example: exampleOf(command) });
  }
  if (code === 'commander.unknownCommand') return say('help.wrong-command', { words });
  if (code === 'commander.unknownOption') return say('help.wrong-option', { words });
  return say('help.wrong-words', { words });
}

const MISSING = [
  'commander.missingMandatoryOptionValue',
  'commander.missingArgument',
  'commander.optionMissingArgument',
];

/** `export exports --as admin`: every word that must stand there, with one that could. */
function exampleOf(command: Command): string {
  const needed = command.registeredArguments.filter(({ required }) => required).map((one) => EXAMPLES[one.name()]);
  const options = command.options.filter(({ mandatory }) => mandatory).map((one) => `${one.long} ${EXAMPLES.login}`);
  return ['npm run -s lvlin --', command.name(), ...needed, ...options].join(' ');
}

const EXAMPLES: Readonly<Record<string, string>> = {
  folder: 'exports',
  file: 'list.xlsx',
  login: 'admin',
};

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
