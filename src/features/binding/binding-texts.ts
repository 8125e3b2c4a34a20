/** What is said about codes and what they bind. */
import { sayerOf } from '../../model/saying.ts';
import type { TextCatalogue } from '../../model/text.ts';

export const BINDING_TEXTS = {
  'binding.unknown': [],
  'binding.too-many': [],
  'binding.used': [],
  'binding.expired': [],
  'binding.other-community': [],
  'binding.group-code-in-private': [],
  'binding.private-code-in-group': [],
  'binding.group-bound': ['place'],
  'binding.group-moved': ['place', 'before'],
  'binding.staff-bound': ['name'],
  'binding.staff-closed': [],
  'binding.code': ['code', 'minutes'],
  'binding.code-only-here': ['code', 'minutes'],
  'binding.open-page': [],
  'binding.ask-in-private': [],
  'binding.ask-words': [],
  'binding.same-person': [],
  'binding.join-ask': [],
  'binding.join-yes': [],
  'binding.join-no': [],
  'binding.yes-words': [],
  'binding.no-words': [],
  'binding.not-joined': [],
  'binding.joined': ['channel'],
  'binding.joined-with-notes': ['channel', 'notes'],
  'binding.joined-there': ['channel'],
  'binding.door-later-wins': [],
  'binding.kept-chats': ['channels'],
  'binding.row': ['row', 'next'],
  'binding.building': ['number'],
  'binding.in-compound': ['compound', 'building'],
  'binding.channel-web': [],
  'binding.channel-wecom': [],
  'binding.channel-wechat': [],
  'binding.channel-telegram': [],
  'binding.channel-manual': [],
} as const satisfies TextCatalogue;

export const say = sayerOf(BINDING_TEXTS);
