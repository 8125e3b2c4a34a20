/** Takes over edited texts and tables while the bot runs. */
import type { ContentReload } from '../content/reload.ts';
import type { Logger } from '../lib/log.ts';

const LOOK_EVERY_MS = 5_000;

/** Returns what ends it. A broken edit is logged once and the last good set stays. */
export function keepContentFresh(content: ContentReload, log: Logger): () => void {
  let isLooking = false;
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    const { changed, faults } = await content.reloadIfChanged();
    isLooking = false;
    if (changed) log.info({}, 'texts and tables were read again');
    if (changed && faults.length > 0) log.warn({ faults: faults.length }, 'edited texts or tables are broken');
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
