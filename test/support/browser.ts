/** A real browser from npm packages alone: nothing needs to be installed on the machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { z } from 'zod';
import { lastingFolder } from './lasting-folder.ts';

const FONT_LIST = 'fonts.conf';
const UNPACKER = join(import.meta.dirname, 'unpack-browser.ts');

/** Start one for a file of tests and a context for each test; close it at the end. */
export async function openBrowser(): Promise<Browser> {
  const folder = await unpacked();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    // Not the package's own flags: they switch off what keeps origins apart. Its sandbox does not start as root.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env: { ...process.env, ...environmentOf(folder) },
  });
}

/** The libraries that come with it stand in for what a bare machine lacks; so do its fonts. */
function environmentOf(folder: string): Record<string, string> {
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH ?? ''].filter((path) => path !== '');
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: join(folder, FONT_LIST) };
  return { LD_LIBRARY_PATH: libraries.join(':'), ...fonts };
}

/** Unpacked once per version (209 MB, 2 s); moved into place whole, because test files start at the same time. */
async function unpacked(): Promise<string> {
  const folder = join(lastingFolder(), `lvlin-chromium-${await packageVersion()}`);
  if (existsSync(folder)) return folder;
  const staging = await mkdtemp(join(lastingFolder(), 'lvlin-chromium-unpacking-'));
  // This name of a place makes the package unpack its libraries, too.
  const env = { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
  const [code] = await once(
    spawn(process.execPath, [UNPACKER], { env, stdio: ['ignore', 'ignore', 'inherit'] }),
    'exit',
  );
  if (code !== 0) throw new Error('the browser could not be unpacked');
  // The package's own list names folders of another machine.
  const list = `<?xml version="1.0"?><fontconfig><dir>${join(folder, 'fonts')}</dir></fontconfig>`;
  await writeFile(join(staging, FONT_LIST), list);
  await rename(staging, folder).catch(async (error: unknown) => {
    // Another process was faster.
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
}

async function packageVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const text = await readFile(join(dirname(entry), '..', 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
