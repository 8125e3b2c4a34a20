/** Figures as lines of a table. */
import { type Figure, holds } from './figure.ts';

export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    valueText(figure.value),
    figure.unit,
    barText(figure),
    figure.bar === null ? '' : holds(figure) ? '✓' : '✗',
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(([name = '', value = '', unit = '', bar = '', mark = '']) =>
      [
        `  ${name.padEnd(widths[0] ?? 0)}`,
        value.padStart(widths[1] ?? 0),
        unit.padEnd(widths[2] ?? 0),
        bar.padEnd(widths[3] ?? 0),
        mark,
      ]
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function barText({ bar }: Figure): string {
  if (bar === null) return '';
  return 'atLeast' in bar ? `≥ ${valueText(bar.atLeast)}` : `≤ ${valueText(bar.atMost)}`;
}

/** Three digits that mean something. */
function valueText(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
