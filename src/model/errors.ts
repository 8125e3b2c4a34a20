/** The one family of faults: what should not happen is thrown with a code, and the code finds the sentence in prompts/. */

export const ERROR_CODES = [
  'settings-invalid',
  'content-broken',
  'database-unreachable',
  'database-locked',
  'database-newer',
  'database-broken',
  'database-not-empty',
  'database-on-network',
  'commit-unknown',
  'disk-full',
  'disk-failed',
  'folder-not-writable',
  'file-broken',
  'key-missing',
  'key-wrong',
  'key-malformed',
  'port-taken',
  'already-running',
  'sealed-wrong',
  'password-malformed',
  'time-malformed',
  'channel-failed',
  'model-failed',
  'backup-failed',
  'export-failed',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What the sentence needs to say which file, port or line it is about; never a person's data. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

export class LvlinError extends Error {
  override readonly name = 'LvlinError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.details = details;
  }
}

export function isLvlinError(error: unknown, code?: ErrorCode): error is LvlinError {
  return error instanceof LvlinError && (code === undefined || error.code === code);
}
