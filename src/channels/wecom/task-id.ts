/** The number of a card: the key of its message, and something by which a second try differs from the first. */
import { randomBytes } from 'node:crypto';

// Letters, digits and _ - @ (document 101032).
const KEY = /^[0-9A-Za-z_-]{1,100}$/;

/** `null`: the key cannot stand there. */
export function newTaskId(key: string): string | null {
  return KEY.test(key) ? `${key}@${randomBytes(6).toString('base64url')}` : null;
}

export function keyOfTask(taskId: string): string | null {
  const [key, turn, ...more] = taskId.split('@');
  return key !== undefined && turn !== undefined && more.length === 0 && KEY.test(key) ? key : null;
}
