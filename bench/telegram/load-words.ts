/** What people in groups say to the bot. */

/** Each writes its mark and its reply; the first is a record of its own. */
const WORDS = ['今天光盘了', '大骨头扔哪', '旧电池扔哪'];

export interface Spoken {
  readonly person: number;
  readonly group: number;
  readonly text: string;
}

/** Neighbours in a group say different things one after the other, so that replies in the wrong order are seen. */
export function spoken(message: number, { people, groups }: { people: number; groups: number }): Spoken {
  const person = message % people;
  const inGroup = Math.floor(message / groups);
  return { person, group: person % groups, text: WORDS[inGroup % WORDS.length] ?? '' };
}

/** Replies whose beginning is not the one that this place in the group had in the first round. */
export function swappedIn(replies: readonly { readonly chatId: number; readonly text: string }[]): number {
  const byGroup = new Map<number, string[]>();
  for (const { chatId, text } of replies) {
    const begun = byGroup.get(chatId) ?? [];
    begun.push(text.slice(0, 2));
    byGroup.set(chatId, begun);
  }
  let swapped = 0;
  for (const begun of byGroup.values()) {
    swapped += begun.filter((beginning, index) => beginning !== begun[index % WORDS.length]).length;
  }
  return swapped;
}
