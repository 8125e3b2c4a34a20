/** How many pages may be told the news as they come; the others look for themselves now and then. */

export interface StreamSeats {
  /** The way to give the seat back; `null` where none is free. */
  take(viewer: string, mostOfViewer: number): (() => void) | null;
}

export function createStreamSeats(mostInAll: number): StreamSeats {
  const taken = new Map<string, number>();
  let inAll = 0;

  function take(viewer: string, mostOfViewer: number): (() => void) | null {
    const own = taken.get(viewer) ?? 0;
    if (inAll >= mostInAll || own >= mostOfViewer) return null;
    taken.set(viewer, own + 1);
    inAll += 1;
    return () => leave(viewer);
  }

  function leave(viewer: string): void {
    const left = (taken.get(viewer) ?? 0) - 1;
    if (left > 0) taken.set(viewer, left);
    else taken.delete(viewer);
    inAll -= 1;
  }

  return { take };
}
