/** What the page about this computer may say. */
import type { TextCatalogue } from '../../model/text.ts';

export const MACHINE_TEXTS = {
  'machine.title': [],
  'machine.summary': ['url'],
  'machine.public-url': [],
  'machine.public-url-hint': ['url'],
  'machine.public-url-nearby': ['urls'],
  'machine.host': [],
  'machine.host-hint': [],
  'machine.host-alone': [],
  'machine.host-network': [],
  'machine.host-other': ['host'],
  'machine.port': [],
  'machine.port-hint': ['port'],
  'machine.next-start': [],
  'machine.differs': ['label', 'running', 'saved'],
  'machine.fixed': ['variable'],
  'machine.saved': [],
  'machine.unreadable': ['file'],
  'machine.content': [],
  'machine.content-kept': [],
  'machine.content-more': ['count'],
  'machine.content-today': ['count'],
  'machine.content-where': [],
} as const satisfies TextCatalogue;
