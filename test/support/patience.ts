/**
 * How long a test waits for what must come. It ends as soon as it came, so it may be long: the machine may be slow and
 * busy with other tests.
 */
export const PATIENCE = { timeout: 30_000, interval: 10 } as const;
