/** The figures of the platform (documents 101463, 101138, 101032, 91770); a test may lower one to reach it sooner. */

export interface Window {
  readonly most: number;
  readonly withinMs: number;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const LIMITS = {
  /** Replies and pushes together. */
  perChat: [
    { most: 30, withinMs: MINUTE },
    { most: 1_000, withinMs: HOUR },
  ],
  uploadsPerBot: [
    { most: 30, withinMs: MINUTE },
    { most: 1_000, withinMs: HOUR },
  ],
  /** Not published; it only tells that a client must not hammer. */
  subscribesPerBot: [{ most: 30, withinMs: MINUTE }],
  perRobot: [{ most: 20, withinMs: MINUTE }],
  replyWithinMs: DAY,
  eventAnswerWithinMs: 5_000,
  streamWithinMs: 6 * MINUTE,
  uploadWithinMs: 30 * MINUTE,
  mediaForMs: 3 * DAY,
  downloadForMs: 5 * MINUTE,
  pingWithinMs: 90_000,
  markdownBytes: 20_480,
  chunkBytes: 512 * 1024,
  chunks: 100,
  fileNameBytes: 256,
  mediaBytes: { image: 10 << 20, voice: 2 << 20, video: 10 << 20, file: 20 << 20 },
  leastMediaBytes: 5,
  robotTextBytes: 2_048,
  robotMarkdownBytes: 4_096,
  robotImageBytes: 2 << 20,
  robotFileBytes: 20 << 20,
} as const;

/** Keeps the moments that count; false, and nothing kept, where one more would be too many. */
export function passes(moments: number[], windows: readonly Window[], now: number): boolean {
  const longest = Math.max(...windows.map(({ withinMs }) => withinMs));
  while (moments[0] !== undefined && moments[0] <= now - longest) moments.shift();
  const isFull = windows.some(({ most, withinMs }) => moments.filter((at) => at > now - withinMs).length >= most);
  if (!isFull) moments.push(now);
  return !isFull;
}
