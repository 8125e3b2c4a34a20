import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textHtml } from '../../../src/channels/web/message-text.ts';

const OURS = 'https://bot.example';

function shown(text: string): string {
  return String(textHtml(text, OURS));
}

describe('the text of a message', () => {
  it('is bold between two pairs of stars', () => {
    expect(shown('周六 **9 点** 南门')).toBe('周六 <strong>9 点</strong> 南门');
  });

  it('links our own pages by their path, up to the Chinese full stop', () => {
    expect(shown('看 https://bot.example/c/1/pledge。')).toBe(
      '看 <a href="/c/1/pledge">https://bot.example/c/1/pledge</a>。',
    );
  });

  it.each([
    'https://evil.example/',
    'https://bot.example.evil.example/',
    'https://bot.example@evil.example/',
    'javascript:alert(1)',
    'http://bot.example/',
  ])('leaves %s a text', (url) => {
    expect(shown(url)).not.toContain('<a');
  });

  it('never leads away by a path that begins like a host', () => {
    expect(shown('https://bot.example//evil.example/x')).toContain('href="/evil.example/x"');
  });

  it('is never anything but text, bold and links, whatever is in it', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '**',
        '"><img src=x onerror=alert(1)>',
        'https://bot.example/',
        '&',
        "'",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const html = shown(pieces.join(''));
        const rest = html.replace(/<\/?strong>|<a href="\/[^"<>]*">|<\/a>/g, '');
        expect(rest).not.toMatch(/[<>"']/);
      }),
    );
  });
});
