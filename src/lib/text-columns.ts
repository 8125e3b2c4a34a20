/** Lines up cells under each other where every character has a fixed width, as in a console. */

// What consoles draw two cells wide: ideographs, kana, Hangul, their punctuation, full-width forms, emoji.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const GAP = '  ';

/** The first column begins at the left, the others, figures, end at the right. */
export function textColumns(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...rows.map((row) => cellWidth(row[at] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, at) => padded(cell, widths[at] ?? 0, at > 0))
      .join(GAP)
      .trimEnd(),
  );
}

function padded(cell: string, width: number, toTheRight: boolean): string {
  const blank = ' '.repeat(width - cellWidth(cell));
  return toTheRight ? blank + cell : cell + blank;
}

function cellWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}
