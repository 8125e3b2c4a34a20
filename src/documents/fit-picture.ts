/** Makes a photo fit to be sent: upright, small enough for every channel, and without what a phone writes into it. */

export type FittedPicture =
  | { readonly ok: true; readonly bytes: Buffer; readonly mediaType: 'image/jpeg' }
  | { readonly ok: false; readonly why: 'not-a-picture' | 'broken' | 'too-many-pixels' };

// The least of what the channels carry: a picture of a WeCom webhook robot is at most 2 MB (document 91770).
const LARGEST_BYTES = 2_000_000;
// Phones take 12 million, or 108 when told to; read whole, as a progressive JPEG has to be, those take 0.4 GB of memory.
const MOST_PIXELS = 110_000_000;
// The small print of a poster can be read at the first; what is too large even then is mostly noise.
const STEPS = [
  { longest: 2_000, quality: 82 },
  { longest: 2_000, quality: 68 },
  { longest: 1_400, quality: 68 },
  { longest: 1_000, quality: 60 },
] as const;

/** Takes JPEG and PNG. What is not copied over is gone: place, time, camera, the preview of an uncropped photo. */
export async function fitPicture(given: Uint8Array): Promise<FittedPicture> {
  if (!isJpeg(given) && !isPng(given)) return { ok: false, why: 'not-a-picture' };
  // The picture library takes 40 ms to load: whoever sends no picture does without.
  const { default: sharp } = await import('sharp');
  // What WeChat saves now and then lacks its last bytes or has some too many; only what cannot be seen is refused.
  const options = { failOn: 'truncated', limitInputPixels: MOST_PIXELS } as const;
  try {
    const { width, height } = await sharp(given, { limitInputPixels: false }).metadata();
    if (width * height > MOST_PIXELS) return { ok: false, why: 'too-many-pixels' };
    for (const { longest, quality } of STEPS) {
      const bytes = await sharp(given, options)
        .autoOrient()
        .resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality, chromaSubsampling: '4:4:4' })
        .toBuffer();
      if (bytes.length <= LARGEST_BYTES) return { ok: true, bytes, mediaType: 'image/jpeg' };
    }
    return { ok: false, why: 'too-many-pixels' };
  } catch {
    // Nothing but the picture can be wrong here.
    return { ok: false, why: 'broken' };
  }
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

function isPng(bytes: Uint8Array): boolean {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return signature.every((byte, index) => bytes[index] === byte);
}
