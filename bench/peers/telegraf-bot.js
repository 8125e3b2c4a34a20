/** A minimal Telegraf bot: long polling, one row, one answer. */
import { createRequire } from 'node:module';
import { openRecords, platform, replyTo } from './record-table.js';

const { Telegraf } = createRequire(import.meta.url)('telegraf');
const record = openRecords();
const bot = new Telegraf(platform.token, { telegram: { apiRoot: platform.url } });
bot.on('text', async (ctx) => {
  record(ctx.chat.id, ctx.from.id, ctx.message.text);
  await ctx.reply(replyTo(ctx.message.text));
});
void bot.launch(() => process.send('ready'));
