/** A native #接龙 as WeChat keeps it: a title that people see, and an XML that says who added what and when. */

export interface NoteEntry {
  readonly memberId: string;
  readonly text: string;
  readonly at: Date;
}

export interface GroupNote {
  readonly title: string;
  readonly xml: string;
}

/** Ranges are offset and length in UTF-16 units of the title. */
export function groupNote(
  theme: string,
  starterId: string,
  entries: readonly NoteEntry[],
  sid = '1788156783179_8524',
): GroupNote {
  let title = `#接龙\n${theme}\n`;
  const items = entries.map(({ memberId, text, at }, index) => {
    title += `\n${index + 1}. `;
    const range = `${title.length}-${text.length}`;
    title += text;
    const seconds = Math.floor(at.getTime() / 1000);
    return `<i><u>${memberId}</u><h>0</h><s>.</s><t>${seconds}</t><r>${range}</r></i>`;
  });
  const themeRange = `${'#接龙\n'.length}-${theme.length}`;
  const head = `<tt>${themeRange}</tt><s>.</s><au>${starterId}</au><sid>${sid}</sid>`;
  const solitaire = `<solitaire>${head}<content><s>${entries.length}</s>${items.join('')}</content></solitaire>`;
  const info = `<extinfo><solitaire_info><![CDATA[${solitaire}]]></solitaire_info></extinfo>`;
  return {
    title,
    xml: `<?xml version="1.0"?><msg><appmsg appid="" sdkver="0"><title>${escapeXml(title)}</title><type>53</type>${info}</appmsg></msg>`,
  };
}

/** WeChat writes some spaces as entities. */
function escapeXml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replaceAll('. ', '.&#x20;');
}
