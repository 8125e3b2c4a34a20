/** What the command line says, by key. */
import type { ContentFaultCode } from '../model/content-fault.ts';
import type { ErrorCode } from '../model/errors.ts';
import { sayerOf } from '../model/saying.ts';
import type { TextCatalogue } from '../model/text.ts';

/** One sentence for every known fault. `where` is the file, folder, database or setting it is about. */
export const FAULT_TEXTS = {
  'fault.settings-invalid': ['where'],
  'fault.content-broken': ['where'],
  'fault.database-unreachable': ['where'],
  'fault.database-locked': ['where'],
  'fault.database-newer': [],
  'fault.database-broken': ['where'],
  'fault.database-not-empty': ['where'],
  'fault.database-on-network': ['where'],
  'fault.commit-unknown': [],
  'fault.disk-full': ['where'],
  'fault.disk-failed': ['where'],
  'fault.folder-not-writable': ['where'],
  'fault.file-broken': ['where'],
  'fault.key-missing': ['where'],
  'fault.key-wrong': [],
  'fault.key-malformed': [],
  'fault.port-taken': ['host', 'port'],
  'fault.already-running': ['pid'],
  'fault.sealed-wrong': [],
  'fault.password-malformed': [],
  'fault.time-malformed': [],
  'fault.channel-failed': [],
  'fault.model-failed': [],
  'fault.lease-lost': [],
  'fault.backup-failed': ['where'],
  'fault.export-failed': ['where'],
} as const satisfies Record<`fault.${ErrorCode}`, readonly string[]>;

/** One sentence for everything that can be wrong with a file of data/ or prompts/. */
export const CONTENT_FAULT_TEXTS = {
  'content-fault.file-missing': [],
  'content-fault.file-unreadable': [],
  'content-fault.not-utf8': [],
  'content-fault.csv-broken': ['reason'],
  'content-fault.yaml-broken': ['reason'],
  'content-fault.column-missing': ['column'],
  'content-fault.empty': [],
  'content-fault.not-one-of': ['value', 'allowed'],
  'content-fault.not-a-number': ['value'],
  'content-fault.not-a-date': ['value'],
  'content-fault.bad-format': ['value', 'expected'],
  'content-fault.wrong-shape': ['what'],
  'content-fault.duplicate': ['value', 'first'],
  'content-fault.unknown-reference': ['value', 'target'],
  'content-fault.figure-not-allowed': ['value'],
  'content-fault.figure-without-source': [],
  'content-fault.text-missing': ['key'],
  'content-fault.text-unknown': ['key'],
  'content-fault.text-empty': ['key'],
  'content-fault.variable-missing': ['key', 'variable'],
  'content-fault.variable-unknown': ['key', 'variable'],
  'content-fault.text-too-long': ['key', 'length', 'limit'],
} as const satisfies Record<`content-fault.${ContentFaultCode}`, readonly string[]>;

const SETTING_TEXTS = {
  'setting.unknown': ['name', 'meant'],
  'setting.wrong': ['name', 'example', 'about'],
  'setting.file-head': [],
  'setting.default': ['value'],
  'setting.home': [],
  'setting.database': [],
  'setting.host': [],
  'setting.port': [],
  'setting.public-url': [],
  'setting.plan': [],
  'setting.locale': [],
  'setting.time-zone': [],
  'setting.secret-key': [],
  'setting.log-level': [],
  'setting.content': [],
} as const satisfies TextCatalogue;

const HELP_TEXTS = {
  'command.about': [],
  'command.start': [],
  'command.doctor': [],
  'command.doctor-json': [],
  'command.check-content': [],
  'command.understand': [],
  'command.understand-explain': [],
  'command.exam': [],
  'command.settings': [],
  'command.help': [],
  'help.usage': [],
  'help.arguments': [],
  'help.options': [],
  'help.commands': [],
  'help.wrong-command': ['words'],
  'help.wrong-option': ['words'],
  'help.wrong-words': ['words'],
} as const satisfies TextCatalogue;

export const COMMAND_TEXTS = {
  ...FAULT_TEXTS,
  ...CONTENT_FAULT_TEXTS,
  ...SETTING_TEXTS,
  ...HELP_TEXTS,
  'fault.unknown': ['code'],
  'content.place-column': ['file', 'line', 'column', 'fault'],
  'content.place-line': ['file', 'line', 'fault'],
  'content.place-file': ['file', 'fault'],
  'content.good': ['habits', 'tips', 'waste', 'days', 'plans', 'texts'],
  'content.broken': ['count'],
  'content.language-broken': ['reason'],
  'started.addresses': ['residents', 'admin'],
  'started.simulator': ['simulator'],
  'started.setup-code': ['code'],
  'started.key-made': ['file'],
  'started.how-to-stop': [],
  'started.english': ['residents', 'admin'],
  'started.english-code': ['residents', 'admin', 'code'],
  'stopped.quietly': [],
  'stopped.too-slow': ['seconds'],
} as const satisfies TextCatalogue;

export const say = sayerOf(COMMAND_TEXTS);
