/** What each of the peers does with a message beside answering: one row, on disk before it goes on. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const load = createRequire(new URL('../../package.json', import.meta.url));

export function openRecords() {
  const Database = load('better-sqlite3');
  const database = new Database(join(process.env.FOLDER, 'peer.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(
    'create table record (id integer primary key, chat integer, person integer, body text, at integer); create index record_chat on record (chat, at)',
  );
  const insert = database.prepare('insert into record (chat, person, body, at) values (?, ?, ?, ?)');
  return (chat, person, body) => insert.run(chat, person, body, Date.now());
}

export const platform = JSON.parse(process.env.PLATFORM);

/** About as long as what our own bot says. */
export function replyTo(text) {
  return `${text.slice(-5)}：记好了，谢谢您家，做得好！`;
}
