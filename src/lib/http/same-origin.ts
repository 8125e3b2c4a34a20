/** Tells a form or script of our own pages from one that a foreign page sends in a visitor's name. */

/**
 * Browsers say where a request comes from (`Sec-Fetch-Site`), though only over HTTPS and on the same machine;
 * over plain HTTP and in older browsers the `Origin` must be ours. A request that tells neither is refused.
 */
export function isSameOrigin(request: Request, publicUrl: string): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = request.headers.get('origin');
  return origin !== null && (origin === new URL(publicUrl).origin || origin === new URL(request.url).origin);
}
