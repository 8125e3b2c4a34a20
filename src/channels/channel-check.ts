/** What looking at an account once can find, whichever the platform; `doctor` and the settings pages have a sentence for each. */
import { CHANNEL_TROUBLES } from './channel.ts';

export const CHANNEL_FINDINGS = [
  ...CHANNEL_TROUBLES,
  'well',
  'needs-login',
  /** The server's clock and this one's differ by minutes. */
  'clock-differs',
  /** The address is not one that could ever work. */
  'malformed',
  /** Telegram shows the bot everything that is said in its groups. */
  'hears-everything',
] as const;
export type ChannelFinding = (typeof CHANNEL_FINDINGS)[number];
