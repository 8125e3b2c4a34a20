/**
 * Who was erased and when, ids only, in a file beside the records: a backup from before does not know it, so whoever
 * takes one back erases these people again.
 */
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { eraseBindings } from '../features/binding/binding-keeper.ts';
import { eraseFromChains } from '../features/chains/chain-keeper.ts';
import { deskKeeper } from '../features/front-desk/front-desk-keeper.ts';
import { erasePledgesOf } from '../features/pledges/household-service.ts';
import { type Eraser, eraseEverywhere } from '../features/privacy/privacy-service.ts';
import { eraseSignUps } from '../features/volunteering/sign-up-eraser.ts';
import { listCommunities } from '../store/community-table.ts';
import { listFormerIds } from '../store/person-join-table.ts';
import { findPerson } from '../store/person-table.ts';
import type { Store, Transaction } from '../store/store.ts';
import { FORGETTING_DESKS } from './chains.ts';

const Entry = z.object({ person: z.string(), at: z.iso.datetime() });
type Entry = z.infer<typeof Entry>;

export function erasedListIn(home: string): string {
  return join(home, 'erased.ndjson');
}

/** Writes down in the middle of the erasing: rather one line too many than one too few. */
export function erasedListKeeper(file: string): Eraser {
  return {
    feature: 'privacy',
    erase: async (tx, { id }, now) => {
      // Under the ids of records that were joined to this one, too: an older backup holds them apart.
      for (const person of [id, ...(await listFormerIds(tx, id))]) {
        await append(file, { person, at: now.toISOString() });
      }
      return { messages: [] };
    },
  };
}

async function append(file: string, entry: Entry): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(entry)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** To be called on records of the moment `madeAt`. Returns how many people were erased again; nobody is told anything. */
export async function eraseAgain(store: Store, file: string, madeAt: Date, now: Date): Promise<number> {
  const entries = (await readList(file)).filter(({ at }) => new Date(at) >= madeAt);
  const people = new Set(entries.map(({ person }) => person));
  if (people.size === 0) return 0;
  return store.write(async (tx) => {
    let erased = 0;
    for (const id of people) erased += (await eraseOne(tx, id, now)) ? 1 : 0;
    return erased;
  });
}

async function eraseOne(tx: Transaction, id: string, now: Date): Promise<boolean> {
  for (const community of await listCommunities(tx)) {
    const person = await findPerson(tx, community.id, id);
    if (person === null) continue;
    await eraseEverywhere(tx, ERASERS, person, null, now);
    return true;
  }
  return false;
}

const ERASERS: readonly Eraser[] = [
  { feature: 'pledges', erase: erasePledgesOf },
  { feature: 'volunteering', erase: eraseSignUps },
  { feature: 'chains', erase: (tx, person) => eraseFromChains(tx, FORGETTING_DESKS, person) },
  deskKeeper,
  { feature: 'binding', erase: eraseBindings },
];

/** A line that was cut short by a pulled plug is left out: its erasing was cut short with it. */
async function readList(file: string): Promise<Entry[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '';
    throw cause;
  });
  return text.split('\n').flatMap((line) => entryIn(line));
}

function entryIn(line: string): Entry[] {
  try {
    return [Entry.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
