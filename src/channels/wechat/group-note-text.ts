/**
 * A native #接龙: some puppets give its title alone (wechaty-puppet-wechat4u does), others the XML around it, which says
 * who added what and when; wechaty-puppet-service hands on whatever the puppet behind the gateway wrote.
 */
import type { NativeChain } from '../../model/chain.ts';
import { readSolitaire } from './solitaire.ts';
import { decodeEntities, elementIn } from './xml-elements.ts';

export interface GroupNoteText {
  readonly text: string;
  /** Ids in it are WeChat's own. */
  readonly chain?: NativeChain;
}

// Exports and some puppets put the sender before it.
const SENDER = /^[\w@-]{3,64}:\n(?=<)/;
// WeChat's app message of type 53 is a group note.
const NOTE_TYPE = '53';
const CDATA = /^<!\[CDATA\[([\s\S]*)\]\]>$/;

export function isGroupNoteXml(text: string): boolean {
  const xml = text.replace(SENDER, '');
  return xml.startsWith('<') && elementIn(appMessageIn(xml), 'type').trim() === NOTE_TYPE;
}

/** The title is what people see. Ranges in the XML count its UTF-16 units, so they are read before anything is cleaned. */
export function readGroupNote(text: string): GroupNoteText {
  if (!isGroupNoteXml(text)) return { text };
  const xml = appMessageIn(text.replace(SENDER, ''));
  const title = elementIn(xml, 'title');
  const seen = CDATA.exec(title)?.[1] ?? decodeEntities(title);
  const chain = readSolitaire(xml, seen);
  return chain === null ? { text: seen } : { text: seen, chain };
}

function appMessageIn(xml: string): string {
  const start = xml.search(/<appmsg[\s>]/);
  return start === -1 ? '' : xml.slice(start);
}
