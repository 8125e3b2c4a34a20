/** A bot that residents talk to; every promise and everything shown is printed the moment it is made, for whoever kills it. */
import { join } from 'node:path';
import { sayLine } from './say-line.ts';
import { inboundOf, openVillageBot, RESIDENTS } from './village-bot.ts';

const [folder = ''] = process.argv.slice(2);
const url = process.env.CRASH_DATABASE_URL ?? `sqlite:${join(folder, 'lvlin.sqlite')}`;
let linesToLive = Number(process.env.CRASH_AFTER_LINES ?? Number.POSITIVE_INFINITY);

const village = await openVillageBot(url, 'first-life', ({ key }) => {
  print(`sent ${key}`);
});
print('ready');
await Promise.all(
  RESIDENTS.map(async (resident) => {
    for (let index = 0; index < resident.says.length; index += 1) {
      const inbound = inboundOf(resident, index);
      await village.hear(inbound);
      print(`heard ${inbound.messageId}`);
    }
  }),
);
await village.bot.dispatcher.idle();
await village.stop();
print('stopped');

function print(line: string): void {
  sayLine(1, line);
  linesToLive -= 1;
  if (linesToLive === 0) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(process.env.CRASH_THEN_MS));
}
