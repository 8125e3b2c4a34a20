/**
 * Telegram does not say whether it is one chat that gets too much or the whole account. When many different chats in
 * a row are refused and none in between was served, it is the account.
 */

// With a third of all chats refused for themselves, that many in a row happen once in a million messages.
const CHATS_IN_A_ROW = 12;

export class FloodWatch {
  #refused = new Set<string>();

  served(): void {
    if (this.#refused.size > 0) this.#refused.clear();
  }

  /** Whether the whole account is to pause. */
  refused(chat: string): boolean {
    this.#refused.add(chat);
    return this.#refused.size >= CHATS_IN_A_ROW;
  }
}
