/** Takes over edited texts and tables while the bot runs. */
import type { ContentReload } from '../content/reload.ts';
import type { Logger } from '../lib/log.ts';

const LOOK_EVERY_MS = 5_000;

/** Returns what ends it. A broken edit is logged once and the last good set stays. */
export function keepContentFresh(content: ContentReload, log: Logger): () => void {
  let isLooking = false;
  let failedAs = '';
  async function look(): Promise<void> {
    const { changed, faults } = await content.reloadIfChanged();
    failedAs = '';
    if (changed) log.info({}, 'texts and tables were read again');
    if (changed && faults.length > 0) log.warn({ faults: faults.length }, 'edited texts or tables are broken');
  }
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    await look().catch((err: unknown) => {
      // An edit must not end a running bot; the same failure at every look is said once.
      if (String(err) !== failedAs) log.error({ err }, 'edited texts or tables could not be read');
      failedAs = String(err);
    });
    isLooking = false;
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
