/** Tells an address that only this computer can open from one that a phone can. */

/** `http://127.0.0.1:8787`, `http://localhost`: on a phone it leads to the phone itself. */
export function isLoopbackUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d+){3}$/.test(hostname)
  );
}
