/** What the command line says, by key. */
import { sayerOf } from '../model/saying.ts';
import type { TextCatalogue } from '../model/text.ts';

export const COMMAND_TEXTS = {
  'command.about': [],
  'command.start': [],
  'command.check-content': [],
  'command.understand': [],
  'started.addresses': ['residents', 'simulator', 'admin'],
  'started.setup-code': ['code'],
  'started.key-made': ['file'],
  'started.english': ['residents', 'simulator', 'admin'],
  'setting.unknown': ['name', 'meant'],
  'setting.wrong': ['name', 'example'],
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
  'content.fault': ['place', 'code', 'detail'],
  'content.good': ['habits', 'tips', 'waste', 'days', 'plans', 'texts'],
  'content.broken': ['count'],
} as const satisfies TextCatalogue;

export const say = sayerOf(COMMAND_TEXTS);
