/** A QR code on paper leads where it was made for: every module of the picture is that of the code. */
import sharp from 'sharp';
import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { qrPng, qrSvg } from '../../src/documents/qr-picture.ts';

const URL = 'https://lvlin.example.org/c/01kab3cdefghjkmnpqrs/e/k7m2qpwx';
const BORDER = 4;

test.each([4, 20])('every module of the picture is black or white as the code has it, %i pixels each', async (size) => {
  const png = await qrPng(URL, size);
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  const code = encode(URL, { ecc: 'Q', border: BORDER });
  expect([info.width, info.height]).toEqual([code.size * size, code.size * size]);
  const at = (x: number, y: number) => data[(y * info.width + x) * info.channels];
  const wrong: string[] = [];
  for (const [row, modules] of code.data.entries()) {
    for (const [column, isBlack] of modules.entries()) {
      for (const offset of [0, Math.floor(size / 2), size - 1]) {
        const shade = at(column * size + offset, row * size + offset);
        if (shade !== (isBlack ? 0 : 255)) wrong.push(`${row},${column}+${offset}: ${shade}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('four modules of white lie around it', async () => {
  const png = await qrPng(URL, 10);
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  for (let x = 0; x < info.width; x += 1) expect(data[(35 * info.width + x) * info.channels]).toBe(255);
  expect(data[(45 * info.width + 45) * info.channels]).toBe(0);
});

test('on a page it is a drawing of its own, without anything from elsewhere', () => {
  const svg = qrSvg(URL);
  expect(svg.startsWith('<svg')).toBe(true);
  expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|href|<script/);
});
