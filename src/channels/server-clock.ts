/** Whether the clock of this computer and that of a platform agree, by the date every HTTP answer bears. */

// Certificates, codes and the age of messages go by the clock; a minute or two harms none of them.
const TOLERANCE_MS = 3 * 60_000;

/** No date says nothing. */
export function clockDiffers(dateHeader: string | null | undefined, now: Date): boolean {
  const theirs = Date.parse(dateHeader ?? '');
  return Number.isFinite(theirs) && Math.abs(theirs - now.getTime()) > TOLERANCE_MS;
}
