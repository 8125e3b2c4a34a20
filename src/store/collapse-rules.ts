/** Of several messages that wait with one collapse key in one chat only the newest counts. */

interface Collapsing {
  readonly id: string;
  readonly chat_id: string;
  readonly collapse_key: string | null;
}

/** Ids grow with time. */
export function isShadowed(row: Collapsing, among: readonly Collapsing[]): boolean {
  if (row.collapse_key === null) return false;
  return among.some(
    (other) => other.chat_id === row.chat_id && other.collapse_key === row.collapse_key && other.id > row.id,
  );
}
