/** A native #接龙: some puppets give its title, others the XML around it, which says who added what and when. */

export interface GroupNoteText {
  readonly text: string;
  readonly xml?: string;
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

/** The title is what people see; ranges in the XML count its UTF-16 units, so it is handed on as it stands. */
export function readGroupNote(text: string): GroupNoteText {
  if (!isGroupNoteXml(text)) return { text };
  const xml = text.replace(SENDER, '');
  const title = elementIn(appMessageIn(xml), 'title');
  return { text: CDATA.exec(title)?.[1] ?? decodeEntities(title), xml };
}

function appMessageIn(xml: string): string {
  const start = xml.search(/<appmsg[\s>]/);
  return start === -1 ? '' : xml.slice(start);
}

/** What stands in the first element of this name. Searched by position: a stranger's text costs its length, no more. */
function elementIn(xml: string, name: string): string {
  const start = xml.indexOf(`<${name}>`);
  const end = start === -1 ? -1 : xml.indexOf(`</${name}>`, start);
  return end === -1 ? '' : xml.slice(start + name.length + 2, end);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LAST_CODE_POINT = 0x10ffff;

function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return NAMED[name.toLowerCase()] ?? whole;
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= LAST_CODE_POINT ? String.fromCodePoint(code) : whole;
  });
}
