/** The least that could be done: one record and one row to send for each message, in shared commits, and nothing else. */
import Database from 'better-sqlite3';

export interface BareLoop {
  /** Writes this many with so many waiting at the same time; messages per second. */
  run(messages: number, atOnce: number): Promise<number>;
  close(): void;
}

export function openBareLoop(file: string): BareLoop {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`
    create table record (id text primary key, chat text not null, body text not null, at integer not null);
    create index record_chat_at on record (chat, at);
    create table outbox (id text primary key, chat text not null, body text not null, state text not null, at integer not null);
    create index outbox_chat_at on outbox (chat, at);
  `);
  const insertRecord = database.prepare('insert into record values (?, ?, ?, ?)');
  const insertReply = database.prepare("insert into outbox values (?, ?, ?, 'sending', ?)");
  const writeAll = database.transaction((works: readonly Work[]) => {
    for (const { number } of works) {
      const id = String(number).padStart(20, '0');
      const chat = `chat-${number % 1_000}`;
      insertRecord.run(id, chat, BODY, number);
      insertReply.run(id, chat, BODY, number);
    }
  });
  let number = 0;
  let waiting: Work[] = [];

  function write(): Promise<void> {
    return new Promise((done) => {
      if (waiting.length === 0) setImmediate(commit);
      waiting.push({ number: number++, done });
    });
  }

  function commit(): void {
    const works = waiting;
    waiting = [];
    writeAll(works);
    for (const work of works) work.done();
  }

  async function run(messages: number, atOnce: number): Promise<number> {
    let left = messages;
    const from = performance.now();
    const ask = async () => {
      while (left-- > 0) await write();
    };
    await Promise.all(Array.from({ length: atOnce }, ask));
    return messages / ((performance.now() - from) / 1_000);
  }

  return { run, close: () => database.close() };
}

interface Work {
  readonly number: number;
  readonly done: () => void;
}

// About what a sealed reply of ours takes.
const BODY = 'x'.repeat(300);
