/** What became of a message, read from an error that carries no reason a machine could read. */
import type { DeliveryOutcome } from '../channel.ts';

type Failure = Exclude<DeliveryOutcome, { fate: 'sent' }>;

/** The file did not get as far as the gateway. */
export class FileNotHandedOver extends Error {}
/** Nobody answered in time. */
export class NoAnswer extends Error {}

// https://grpc.github.io/grpc/core/md_doc_statuscodes.html
export const GRPC = { cancelled: 1, unknown: 2, invalid: 3, exists: 6, tooMuch: 8, noSuch: 12, down: 14, token: 16 };

// 频繁, 风险, 限制, 封号, 封禁, 违规, 帐号异常, 账号异常: what WeChat says before it takes an account away.
const RESTRICTION =
  /\u9891\u7e41|\u98ce\u9669|\u9650\u5236|\u5c01\u53f7|\u5c01\u7981|\u8fdd\u89c4|[\u5e10\u8d26]\u53f7\u5f02\u5e38|too (?:frequent|often)|account (?:is )?(?:restricted|blocked|banned)/iu;
// Refused by the account's side before anything left.
const NOT_LOGGED_IN = /not logged ?in|no(?:t)? log(?:ged)?in|must login|logged ?out/iu;
// 移出群聊, 不在(该)群, 群聊已解散, 拒收, 不是…朋友, 非好友.
const NOBODY_THERE =
  /does not exist|not exist\b|no such (?:room|contact|conversation)|(?:room|contact|conversation)[^\n]{0,80} not found|\u79fb\u51fa\u7fa4\u804a|\u4e0d\u5728\S{0,2}\u7fa4|\u7fa4\u804a?\u5df2?\u89e3\u6563|\u62d2\u6536|\u4e0d\u662f\S{0,8}\u670b\u53cb|\u975e\u597d\u53cb/iu;
// grpc-js has these only while it never got as far as writing the call.
const NEVER_LEFT = /No connection established|Name resolution failed|ECONNREFUSED|Resolver produced no addresses/iu;

/** `sentText` is taken out first: a notice about fire risk that is echoed in a trace is no restriction. */
export function outcomeOf(error: unknown, sentText: string): Failure {
  if (error instanceof FileNotHandedOver) return { fate: 'not-sent', code: 'network' };
  if (error instanceof NoAnswer) return { fate: 'unknown', code: 'timeout' };
  const { code, words } = describe(error, sentText);
  if (isRestriction(words)) return { fate: 'not-sent', code: 'restricted', untried: true, wholeAccount: true };
  if (code === GRPC.token) return { fate: 'not-sent', code: 'wrong-credentials', untried: true, wholeAccount: true };
  if (code === GRPC.tooMuch) return { fate: 'not-sent', code: 'rate-limited' };
  if (code === GRPC.invalid) return { fate: 'not-sent', code: 'invalid', final: true };
  if (code === GRPC.noSuch) return { fate: 'not-sent', code: 'forbidden', final: true };
  if (code === GRPC.down && NEVER_LEFT.test(words)) return { fate: 'not-sent', code: 'offline', untried: true };
  if (code !== GRPC.unknown) return { fate: 'unknown', code: 'network' };
  if (NOT_LOGGED_IN.test(words)) return { fate: 'not-sent', code: 'offline', untried: true };
  if (NOBODY_THERE.test(words)) return { fate: 'not-sent', code: 'gone', gone: true };
  // The account's side failed somewhere between taking the call and seeing the message go.
  return { fate: 'unknown', code: 'server-error' };
}

export function isRestriction(words: string): boolean {
  return RESTRICTION.test(words);
}

export interface Described {
  /** Of gRPC; -1 where it has none. */
  readonly code: number;
  /** For recognising only: it may hold the token, a text, a trace. Never logged. */
  readonly words: string;
}

export function describe(error: unknown, sentText = ''): Described {
  if (!(error instanceof Error)) return { code: -1, words: '' };
  const code = 'code' in error && typeof error.code === 'number' ? error.code : -1;
  const details = 'details' in error && typeof error.details === 'string' ? error.details : '';
  const words = `${error.message}\n${details}`;
  return { code, words: sentText === '' ? words : words.replaceAll(sentText, '') };
}
