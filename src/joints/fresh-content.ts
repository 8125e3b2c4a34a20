/** Takes over edited texts and tables while the bot runs. */
import type { ContentReload } from '../content/reload.ts';
import type { Logger } from '../lib/log.ts';
import type { ContentFault } from '../model/content-fault.ts';

// What is saved is taken over after two looks; a look asks for the times of some hundred files.
const LOOK_EVERY_MS = 2_000;
// Enough to find one's way; `check-content` says everything.
const MOST_PLACES = 5;

/** Returns what ends it. A broken edit is logged once and the last good set stays. */
export function keepContentFresh(content: ContentReload, log: Logger): () => void {
  let isLooking = false;
  // What was said last, so that the same trouble at every look is said once.
  let told = '';
  function tellOnce(trouble: string, tell: () => void): void {
    if (trouble !== told) tell();
    told = trouble;
  }
  async function look(): Promise<void> {
    const { changed, faults } = await content.reloadIfChanged();
    if (changed) log.info({}, 'texts and tables were read again');
    if (faults.length === 0) told = '';
    else
      tellOnce(JSON.stringify(faults), () =>
        log.warn({ faults: faults.length, places: placesOf(faults) }, 'edited texts or tables are broken'),
      );
  }
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    await look().catch((err: unknown) => {
      // An edit must not end a running bot.
      tellOnce(String(err), () => log.error({ err }, 'edited texts or tables could not be read'));
    });
    isLooking = false;
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** File, line and kind of the fault; the words in an editor's table are not for the log. */
function placesOf(faults: readonly ContentFault[]): string[] {
  return faults
    .slice(0, MOST_PLACES)
    .map(({ file, line, code }) => [file, ...(line === undefined ? [] : [line]), code].join(':'));
}
