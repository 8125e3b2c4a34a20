import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fitPicture } from '../../src/documents/fit-picture.ts';

// A photo of noise is the worst there is to make small; of 12 million pixels it has about 12 MB.
async function noisyPhoto(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const raw = sharp({ create: { width, height, channels: 3, background: '#808080', noise } });
  return raw.jpeg({ quality: 90 }).toBuffer();
}

/** Red above, blue below, as a phone keeps it that was held upright: lying, with a word on how to turn it. */
async function phonePhoto(): Promise<Buffer> {
  const half = (background: string) => sharp({ create: { width: 300, height: 200, channels: 3, background } }).png();
  const lying = await sharp({ create: { width: 600, height: 200, channels: 3, background: '#000' } })
    .composite([
      { input: await half('#ff0000').toBuffer(), left: 0, top: 0 },
      { input: await half('#0000ff').toBuffer(), left: 300, top: 0 },
    ])
    .jpeg()
    .toBuffer();
  const place = {
    GPSLatitudeRef: 'N',
    GPSLatitude: '44/1 0/1 52/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '87/1 18/1 0/1',
  };
  return sharp(lying)
    .withExif({ IFD0: { Make: 'HUAWEI', Copyright: '张三家' }, IFD3: place })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

async function fitted(given: Uint8Array): Promise<Buffer> {
  const result = await fitPicture(given);
  if (!result.ok) throw new Error(result.why);
  return result.bytes;
}

describe('a photo of a phone', () => {
  it('stands upright', async () => {
    const bytes = await fitted(await phonePhoto());
    const { width, height, orientation } = await sharp(bytes).metadata();
    expect({ width, height, orientation }).toEqual({ width: 200, height: 600, orientation: undefined });
    const top = await sharp(bytes).extract({ left: 90, top: 100, width: 1, height: 1 }).raw().toBuffer();
    const bottom = await sharp(bytes).extract({ left: 90, top: 500, width: 1, height: 1 }).raw().toBuffer();
    expect([top[0], bottom[2]].map((part) => Number(part) > 240)).toEqual([true, true]);
  });

  it('does not tell where it was taken, with what and whose it is', async () => {
    const photo = await phonePhoto();
    const { exif: before } = await sharp(photo).metadata();
    expect(before?.includes('HUAWEI')).toBe(true);
    const bytes = await fitted(photo);
    const { exif, xmp, iptc, icc } = await sharp(bytes).metadata();
    expect({ exif, xmp, iptc, icc }).toEqual({ exif: undefined, xmp: undefined, iptc: undefined, icc: undefined });
    expect([bytes.includes('HUAWEI'), bytes.includes('Exif')]).toEqual([false, false]);
  });

  it('of 12 MB fits what every channel carries', { timeout: 60_000 }, async () => {
    const photo = await noisyPhoto(4_000, 3_000);
    expect(photo.length).toBeGreaterThan(8_000_000);
    const bytes = await fitted(photo);
    expect(bytes.length).toBeLessThanOrEqual(2_000_000);
    const { format, width = 0 } = await sharp(bytes).metadata();
    expect([format, width >= 1_000]).toEqual(['jpeg', true]);
  });
});

describe('a picture', () => {
  it('that is small already is not blown up', async () => {
    const small = await sharp({ create: { width: 320, height: 200, channels: 3, background: '#1f7a4d' } })
      .png()
      .toBuffer();
    const { width, height } = await sharp(await fitted(small)).metadata();
    expect([width, height]).toEqual([320, 200]);
  });

  it('with holes has white behind them, not black', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const png = await sharp({ create: { width: 8, height: 8, channels: 4, background: clear } })
      .png()
      .toBuffer();
    const pixel = await sharp(await fitted(png))
      .raw()
      .toBuffer();
    expect([...pixel.subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  it('that ends in the middle is refused', async () => {
    const photo = await noisyPhoto(800, 600);
    expect(await fitPicture(photo.subarray(0, photo.length / 2))).toEqual({ ok: false, why: 'broken' });
  });

  it('of more pixels than any phone takes is refused before it is read', async () => {
    const small = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(await fitPicture(sized(small, 16_000, 14_000))).toEqual({ ok: false, why: 'too-many-pixels' });
  });

  it.each([
    ['an Excel file', Buffer.from('PK\u0003\u0004 and so on')],
    ['a drawing that could hold a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ['a GIF', Buffer.from('GIF89a')],
    ['nothing at all', Buffer.alloc(0)],
  ])('is not %s', async (_, bytes) => {
    expect(await fitPicture(bytes)).toEqual({ ok: false, why: 'not-a-picture' });
  });
});

/** The same file, saying that it is larger: https://www.w3.org/TR/png-3/#11IHDR. */
function sized(png: Buffer, width: number, height: number): Buffer {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}
