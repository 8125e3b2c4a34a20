/** The records for commands that run beside the bot: with the key that is there, never a new one. */
import type { Config } from '../config.ts';
import { createIdSource } from '../lib/id.ts';
import { type BesideOptions, changeBeside, lookBeside } from '../store/beside.ts';
import { readMasterKey } from '../store/master-key.ts';
import type { Store } from '../store/store.ts';
import { Vault } from '../store/vault.ts';

export function besideOptions({ secretKey, keyFile }: Config): BesideOptions {
  const ids = createIdSource(Date.now);
  const vault = new Vault(readMasterKey({ given: secretKey, file: keyFile, recordsExist: true }));
  return { vault, newId: () => ids.next() };
}

/** A store that takes the records up for each piece of work and lets go of them in between. */
export function besideStore(config: Config): Store {
  const options = besideOptions(config);
  const { databaseUrl } = config;
  return {
    dialect: databaseUrl.startsWith('sqlite:') ? 'sqlite' : 'postgres',
    inOrder: true,
    write: (work) => changeBeside(databaseUrl, options, work),
    read: (work) => lookBeside(databaseUrl, options, work),
    close: async () => {},
  };
}
