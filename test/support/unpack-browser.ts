/** Unpacks the browser into TMPDIR; a process of its own, because the package takes the folder from the environment. */
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
