/** The log: JSON lines that say what happened and never to whom. */
import pino, { type DestinationStream } from 'pino';
import { maskSensitive } from './phone.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFields = Readonly<Record<string, unknown>>;
type Write = (fields: LogFields, message: string) => void;

/** The message is a fixed string; what varies goes into the fields, a fault as `err`. */
export interface Logger {
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
  fatal: Write;
  /** A log that adds these fields to every line. */
  child(fields: LogFields): Logger;
}

// Compared without case, hyphens and underscores, at any depth.
const NEVER_LOGGED = new Set([
  ...['name', 'displayname', 'nickname', 'phone', 'mobile', 'idnumber', 'room', 'unit', 'household', 'address'],
  ...['text', 'body', 'answers', 'content', 'html', 'markdown', 'url', 'params', 'parameters', 'query'],
  ...['token', 'secret', 'password', 'passphrase', 'cookie', 'setcookie', 'authorization', 'key', 'apikey'],
  ...['masterkey', 'secretkey', 'botsecret', 'bottoken', 'setupcode', 'session', 'headers', 'openid', 'unionid'],
]);
const REMOVED = '[removed]';
// Deeper than any record of ours; also what ends a structure that contains itself.
const DEEPEST = 6;

/** `to` is where the lines go; a stream is for tests. */
export function createLog(level: LogLevel, to: 'stdout' | 'stderr' | DestinationStream = 'stdout'): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // Errors are described before they get there; pino's own serializer would add their fields again.
    serializers: { err: (described: unknown) => described },
  };
  return cleaning(pino(options, typeof to === 'string' ? pino.destination(to === 'stdout' ? 1 : 2) : to));
}

/** Cleaned here because pino's redaction knows neither any depth nor a child's fields. */
function cleaning(log: pino.Logger): Logger {
  function writeAt(level: Exclude<LogLevel, 'silent'>): Write {
    return (fields, message) => {
      if (log.isLevelEnabled(level)) log[level](cleanFields(fields, 0), maskSensitive(message));
    };
  }
  return {
    debug: writeAt('debug'),
    info: writeAt('info'),
    warn: writeAt('warn'),
    error: writeAt('error'),
    fatal: writeAt('fatal'),
    child: (fields) => cleaning(log.child(cleanFields(fields, 0))),
  };
}

function cleanFields(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      NEVER_LOGGED.has(name.toLowerCase().replace(/[-_]/g, '')) ? REMOVED : cleanValue(value, depth + 1),
    ]),
  );
}

function cleanValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskSensitive(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > DEEPEST || ArrayBuffer.isView(value)) return REMOVED;
  if (value instanceof Error) return describeError(value, depth);
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, depth + 1));
  if (value instanceof Map || value instanceof Set) return { size: value.size };
  return cleanFields(value, depth);
}

/** An error's own fields are left out but its code and details: drivers and parsers put values there. */
function describeError(error: unknown, depth = 1): unknown {
  if (!(error instanceof Error)) return cleanValue(error, depth);
  const described: Record<string, unknown> = { type: error.name, message: maskSensitive(error.message) };
  if ('code' in error && (typeof error.code === 'string' || typeof error.code === 'number'))
    described.code = error.code;
  if ('details' in error) described.details = cleanValue(error.details, depth + 1);
  if (error.stack !== undefined) described.stack = maskSensitive(error.stack);
  if (error.cause !== undefined && depth < DEEPEST) described.cause = describeError(error.cause, depth + 1);
  return described;
}
