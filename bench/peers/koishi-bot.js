/** A minimal Koishi bot with its own database service: long polling, one row, one answer. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openRecords, platform, replyTo } from './record-table.js';

const load = createRequire(import.meta.url);
const { Context, Logger } = load('koishi');
const { TelegramBot } = load('@satorijs/adapter-telegram');
const { SQLiteDriver } = load('@minatojs/driver-sqlite');
const Http = load('@koishijs/plugin-http');
Logger.levels.base = 0;
const app = new Context({ prefix: '/', autoAssign: false });
app.plugin(Http.default ?? Http);
app.plugin(SQLiteDriver, { path: join(process.env.FOLDER, 'koishi.sqlite') });
app.plugin(TelegramBot, {
  protocol: 'polling',
  token: platform.token,
  endpoint: platform.url,
  slash: false,
  files: { server: false },
});
app.model.extend(
  'record',
  { id: 'unsigned', chat: 'string', person: 'string', body: 'text', at: 'double' },
  { autoInc: true },
);
// Its own database never syncs; where syncing is what is measured, it writes like the others.
const record = process.env.LVLIN_SYNC_DELAY_MS === undefined ? null : openRecords();
app.middleware(async ({ channelId: chat, userId: person, content: body }) => {
  if (record === null) await app.database.create('record', { chat, person, body, at: Date.now() });
  else record(chat, person, body);
  return replyTo(body);
}, true);
await app.start();
process.send('ready');
