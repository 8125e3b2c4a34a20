/** Names a bot by where it keeps its records, without telling where that is. */
import { createHash } from 'node:crypto';

const LENGTH = 16;

export function instanceOf(home: string): string {
  return createHash('sha256').update(`lvlin ${home}`).digest('hex').slice(0, LENGTH);
}
