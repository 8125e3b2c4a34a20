/** A minimal grammY bot as its first page of documentation shows it: long polling, one row, one answer. */
import { createRequire } from 'node:module';
import { openRecords, platform, replyTo } from './record-table.js';

const { Bot } = createRequire(new URL('../../package.json', import.meta.url))('grammy');
const record = openRecords();
const bot = new Bot(platform.token, { client: { apiRoot: platform.url } });
bot.on('message:text', async (ctx) => {
  record(ctx.chat.id, ctx.from.id, ctx.message.text);
  await ctx.reply(replyTo(ctx.message.text));
});
void bot.start({ onStart: () => process.send('ready') });
