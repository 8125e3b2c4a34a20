/** Whether an address can be that of a webhook robot. More cannot be found out without speaking in its group. */
import type { ChannelFinding } from '../channel-check.ts';

export function checkWebhook(url: string): ChannelFinding {
  return isWebhookUrl(url) ? 'well' : 'malformed';
}

/** Its key stands in the address (document 91770); a comma would end it in the list of settings. */
export function isWebhookUrl(url: string): boolean {
  if (!URL.canParse(url) || url.includes(',')) return false;
  const { protocol, pathname, searchParams } = new URL(url);
  return /^https?:$/.test(protocol) && pathname.endsWith('/send') && (searchParams.get('key') ?? '') !== '';
}
