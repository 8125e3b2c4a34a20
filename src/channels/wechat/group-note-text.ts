/** A native #接龙: some puppets give its title, others the XML around it, which says who added what and when. */

export interface GroupNoteText {
  readonly text: string;
  readonly xml?: string;
}

// WeChat's app message of type 53 is a group note.
const IS_NOTE = /<appmsg[\s>][\s\S]*?<type>\s*53\s*<\/type>/;
const TITLE = /<appmsg[\s>][\s\S]*?<title>(?:<!\[CDATA\[([\s\S]*?)\]\]>|([\s\S]*?))<\/title>/;
// Exports and some puppets put the sender before it.
const SENDER = /^[\w@-]{3,64}:\n(?=<)/;

export function isGroupNoteXml(text: string): boolean {
  return IS_NOTE.test(text);
}

/** The title is what people see; ranges in the XML count its UTF-16 units, so it is handed on as it stands. */
export function readGroupNote(text: string): GroupNoteText {
  const xml = text.replace(SENDER, '');
  if (!isGroupNoteXml(xml)) return { text };
  const [, asIs, escaped = ''] = TITLE.exec(xml) ?? [];
  return { text: asIs ?? decodeEntities(escaped), xml };
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
