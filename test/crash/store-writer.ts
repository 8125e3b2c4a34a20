/** What the crash tests kill: writes pledges and sign-ups through the store and prints each one it has been promised. */
import { openSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { keyFromBase64 } from '../../src/lib/encryption.ts';
import { createIdSource } from '../../src/lib/id.ts';
import { isLvlinError } from '../../src/model/errors.ts';
import { openStore } from '../../src/store/open-store.ts';
import { Vault } from '../../src/store/vault.ts';
import { sayLine } from './say-line.ts';
import { seedVillage, TEST_KEY, writePledge, writeSignUp } from './store-village.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: '' },
    writers: { type: 'string', default: '8' },
    each: { type: 'string', default: '8' },
    // A file that gets every line as well, for those who look at the disk only.
    promises: { type: 'string' },
  },
});
const promises = values.promises === undefined ? undefined : openSync(values.promises, 'w');
const vault = new Vault(keyFromBase64(TEST_KEY));
const ids = createIdSource(Date.now);
const store = await openStore(values.url, { vault, newId: () => ids.next(), backupFolder: '.', poolSize: 4 });
await store.write((tx) => seedVillage(tx, vault));
say('ready');

await Promise.all(
  Array.from({ length: Number(values.writers) }, async (_, writer) => {
    let isWell = true;
    for (let number = 0; number < Number(values.each) || !isWell; number += 1) {
      isWell = await writeOne(writer, number);
      // Whoever was refused comes back until it works again.
      if (!isWell) await setTimeout(20);
    }
  }),
);
await store.close();
say('closed');

/** Whether both were promised. */
async function writeOne(writer: number, number: number): Promise<boolean> {
  const id = `${process.pid}-${writer}-${number}`;
  try {
    await store.write((tx) => writePledge(tx, id));
    say(`pledge ${id}`);
    const joined = await store.write((tx) => writeSignUp(tx, id));
    say(`${joined ? 'joined' : 'full'} ${id}`);
    return true;
  } catch (cause) {
    if (!isLvlinError(cause)) throw cause;
    say(`fault ${cause.code}`);
    return false;
  }
}

function say(line: string): void {
  sayLine(1, line);
  if (promises !== undefined) sayLine(promises, line);
}
