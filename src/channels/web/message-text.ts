/** A message's text as HTML: `**bold**` and links to our own pages; everything else is text. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';

// A link ends where ASCII ends, so that the Chinese full stop behind it stays outside.
const MARKUP = /\*\*([^*\n]+)\*\*|(https?:\/\/[\w./?%&=+#~:@-]*[\w/=#-])/g;

export function textHtml(text: string, publicUrl: string): Html {
  const pieces: (Html | string)[] = [];
  let end = 0;
  for (const { index, 0: whole, 1: bold, 2: url } of text.matchAll(MARKUP)) {
    const piece = bold === undefined ? ownLink(url ?? '', publicUrl) : html`<strong>${bold}</strong>`;
    if (piece === null) continue;
    pieces.push(text.slice(end, index), piece);
    end = index + whole.length;
  }
  return html`${[...pieces, text.slice(end)]}`;
}

/** The path of one of our own pages; `null` for any other address. */
export function ownPath(url: string, publicUrl: string): string | null {
  if (!URL.canParse(url)) return null;
  const { origin, pathname, search, hash } = new URL(url);
  // Without the host, because a page may be open under another name of ours than the public one.
  return origin === new URL(publicUrl).origin ? `${pathname.replace(/^\/+/, '/')}${search}${hash}` : null;
}

function ownLink(url: string, publicUrl: string): Html | null {
  const path = ownPath(url, publicUrl);
  return path === null ? null : html`<a href="${path}">${url}</a>`;
}
