/**
 * What WeChat keeps of a #接龙 beside its title: who began it, and who wrote which entry when. No page of the vendor
 * describes it; the fields are as found in chains of real groups. Ranges are `offset-length` in UTF-16 units of the title.
 */
import type { NativeChain } from '../../model/chain.ts';
import { decodeEntities, elementIn } from './xml-elements.ts';

// More than a group holds; what follows is told by the text alone.
const MOST_ENTRIES = 600;
const RANGE = /^\s*(\d{1,6})-(\d{1,6})\s*$/;
const SECONDS = /^\s*(\d{9,11})\s*$/;

/** Ids are WeChat's own. `null`: the XML holds no list. */
export function readSolitaire(xml: string, title: string): NativeChain | null {
  const info = elementIn(xml, 'solitaire_info');
  const solitaire = elementIn(info.includes('<solitaire>') ? info : decodeEntities(info), 'solitaire');
  if (solitaire === '') return null;
  const contentAt = solitaire.indexOf('<content>');
  const head = contentAt === -1 ? solitaire : solitaire.slice(0, contentAt);
  const content = elementIn(solitaire, 'content');
  const declared = Number.parseInt(elementIn(content.split('<i>', 1)[0] ?? '', 's'), 10);
  const theme = sliceOf(title, elementIn(head, 'tt'));
  return {
    ...some('id', elementIn(head, 'sid').trim()),
    ...some('initiator', elementIn(head, 'au').trim()),
    ...some('theme', theme?.trim() ?? ''),
    ...(Number.isSafeInteger(declared) && declared >= 0 ? { declared } : {}),
    entries: readEntries(content, title),
  };
}

function readEntries(content: string, title: string): NativeChain['entries'] {
  const entries: NativeChain['entries'] = [];
  for (const part of content.split('<i>', MOST_ENTRIES + 1).slice(1)) {
    const text = sliceOf(title, elementIn(part, 'r')) ?? elementIn(part, 'c');
    const seconds = SECONDS.exec(elementIn(part, 't'))?.[1];
    entries.push({
      ...some('author', elementIn(part, 'u').trim()),
      ...(seconds === undefined ? {} : { at: new Date(Number(seconds) * 1000) }),
      text,
    });
  }
  return entries;
}

function sliceOf(title: string, range: string): string | null {
  const match = RANGE.exec(range);
  if (match === null) return null;
  const [offset, length] = [Number(match[1]), Number(match[2])];
  return offset + length > title.length ? null : title.slice(offset, offset + length);
}

function some<Name extends string>(name: Name, value: string): Partial<Record<Name, string>>;
function some(name: string, value: string): Record<string, string> {
  return value === '' ? {} : { [name]: value };
}
