/** The headers of every page of ours: nothing foreign is loaded, nothing runs that is not a file of ours. */

export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  // Not `no-referrer`: with it browsers send `Origin: null` with our own forms (Fetch standard, "append a request
  // Origin header"), and over plain HTTP nothing else would tell them from a foreign page's.
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};
