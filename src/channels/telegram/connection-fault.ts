/** What the code of a failed connection tells. */

// https://nodejs.org/api/tls.html#x509-certificate-error-codes
const CERTIFICATE =
  /CERT|^UNABLE_TO_(?:GET|VERIFY|DECRYPT|DECODE)_|^ERR_TLS_|^(?:INVALID_CA|PATH_LENGTH_EXCEEDED|INVALID_PURPOSE|HOSTNAME_MISMATCH)$/;

/** Not trusted, for another name, or not valid at the time this machine believes it is. */
export function isCertificateFault(code: string): boolean {
  return CERTIFICATE.test(code);
}

// By the system where a connection went dead, by undici where the time allowed for a call was over.
const TIMEOUTS: ReadonlySet<string> = new Set(['ETIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

export function isTimeout(code: string): boolean {
  return TIMEOUTS.has(code);
}

/** Looks through the errors that libraries wrap around the one of the system. */
export function faultCodeOf(error: unknown): string {
  let at = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    at = 'error' in at ? at.error : 'cause' in at ? at.cause : null;
  }
  return '';
}
