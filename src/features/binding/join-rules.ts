/** Which of two records of the same human stays. */
import type { Person } from '../../model/chat.ts';

/** A record, and the household it belongs to. */
export interface OneRecord {
  readonly person: Person;
  readonly home: { readonly householdId: string; readonly joinedAt: Date } | null;
}

/**
 * The one that lives where the human lives now: the door told last, and of the same door told twice the first telling.
 * Where neither told one, `asked`, the record that the code was asked for.
 */
export function whoStays(asked: OneRecord, sent: OneRecord): { readonly stays: Person; readonly goes: Person } {
  return sentStays(asked, sent)
    ? { stays: sent.person, goes: asked.person }
    : { stays: asked.person, goes: sent.person };
}

function sentStays({ home: asked }: OneRecord, { home: sent }: OneRecord): boolean {
  if (sent === null) return false;
  if (asked === null) return true;
  return asked.householdId === sent.householdId ? sent.joinedAt < asked.joinedAt : sent.joinedAt > asked.joinedAt;
}
