/** A QR code to be printed or sent on: as SVG for a page, as PNG for a chat or a document. */
import { renderSVG } from 'uqr';

// ISO/IEC 18004 asks for four modules of white around it; a wet or torn poster is read with a quarter of it missing.
const CODE = { border: 4, ecc: 'Q' } as const;

export function qrSvg(text: string): string {
  return renderSVG(text, CODE);
}

/** Each module is a square of `modulePixels`, black or white with nothing between. */
export async function qrPng(text: string, modulePixels = 20): Promise<Buffer> {
  // The picture library takes 40 ms to load: whoever makes no picture does without.
  const { default: sharp } = await import('sharp');
  const svg = renderSVG(text, { ...CODE, pixelSize: modulePixels });
  return sharp(Buffer.from(svg)).png({ palette: true, colours: 2, compressionLevel: 9 }).toBuffer();
}
