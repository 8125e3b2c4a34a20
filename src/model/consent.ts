/** Which wording of the privacy notice people agree to; a new wording is asked for anew. */
export const CONSENT_VERSION = '2026-11-20';
