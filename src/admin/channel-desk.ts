/** What the site may see and set of the platforms the bot speaks on; joined in app.ts. */
import type { ChannelName } from '../model/channel-name.ts';
import type { Saying } from '../model/text.ts';

/** The platforms with one account each; webhook robots are as many as somebody wants. */
export const PLATFORMS = ['wecom', 'telegram', 'wechat'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** By their keys in settings.json. */
export const ACCOUNT_FIELDS = {
  wecom: ['wecomBotId', 'wecomBotSecret', 'wecomBotName'],
  telegram: ['telegramBotToken', 'telegramProxy'],
  wechat: ['wechatEndpoint', 'wechatToken', 'wechatAcceptRisk', 'wechatStableIds'],
} as const;
export type AccountField = (typeof ACCOUNT_FIELDS)[Platform][number];

/** Of these it is told that they are set, and never what they are. */
export const SECRET_FIELDS: readonly AccountField[] = [
  'wecomBotSecret',
  'telegramBotToken',
  'telegramProxy',
  'wechatToken',
];

export interface AccountSetting {
  readonly isSet: boolean;
  /** Empty where it is a secret or not set. */
  readonly shown: string;
  /** The variable that fixes it from outside; `null`: it can be set here. */
  readonly fixedBy: string | null;
}

/** `elsewhere`: another process has the account. */
export type ChannelStanding = 'well' | 'starting' | 'trouble' | 'elsewhere';

export interface ChannelView {
  readonly name: ChannelName;
  readonly account: string;
  /** `null`: a webhook robot. */
  readonly platform: Platform | null;
  readonly title: string;
  readonly standing: ChannelStanding;
  readonly since: Date;
  /** How it stands and what is to be done, in a sentence. */
  readonly news: string;
  /** What a phone scans to log in. */
  readonly loginCode: string | null;
  /** It sends nothing until a person says go. */
  readonly isRestricted: boolean;
  /** When it last heard anybody; `null`: not since this start. */
  readonly heardAt: Date | null;
  /** By what name people find it there. */
  readonly handle: string | null;
}

export type AccountValues = Readonly<Partial<Record<AccountField, string>>>;

/** `refused`: the platform did not take it, and everything is as before; `news` is the sentence about it. */
export type ConnectOutcome =
  | { readonly is: 'connected' }
  | { readonly is: 'wrong'; readonly fields: readonly AccountField[] }
  | { readonly is: 'refused'; readonly news: string }
  | { readonly is: 'unreadable' };

export type WebhookOutcome = 'added' | 'name-taken' | 'malformed' | 'fixed' | 'unreadable';

type Words = (saying: Saying) => string;

export interface ChannelDesk {
  /** What connects to nothing (the residents' page, forwarding by hand) is not among them. */
  list(words: Words): readonly ChannelView[];
  /** Whether there was such a one to be released. */
  release(name: ChannelName, account: string): Promise<boolean>;
  /** `null`: the settings file cannot be read. */
  read(): Promise<Readonly<Record<AccountField, AccountSetting>> | null>;
  /**
   * Connects with these values; only when the platform has taken them they are kept and whatever was there before
   * goes. A field that is left out stays as it is.
   */
  connect(platform: Platform, values: AccountValues, words: Words): Promise<ConnectOutcome>;
  /** Disconnects, and forgets what was set here. What the environment says comes back at the next start. */
  forget(platform: Platform): Promise<void>;
  readonly webhooksFixedBy: string | null;
  /** Its group is one of this community from now on. */
  addWebhook(name: string, url: string, communityId: string): Promise<WebhookOutcome>;
  removeWebhook(name: string): Promise<boolean>;
  /** Where it is kept. */
  readonly file: string;
}
