/** The Bot API on loopback in a process of its own, so that its work is not counted as the bot's. */
import { startTelegramServer } from '../../test/support/telegram-server/telegram-server.ts';
import { spoken, swappedIn } from './load-words.ts';
import { type Finish, Order, PlatformOptions } from './platform-messages.ts';

const given = PlatformOptions.parse(JSON.parse(process.argv[2] ?? '{}'));
const { secondMs, penaltySeconds } = given;
const server = await startTelegramServer({
  remember: penaltySeconds !== undefined,
  secondMs,
  ...(penaltySeconds === undefined ? {} : { flood: { penaltySeconds } }),
});
const { people: control, world } = server;
const people = Array.from({ length: given.people }, (_, number) => control.addPerson(`resident ${number}`));
const groups = Array.from({ length: given.groups }, (_, number) => control.addGroup(`group ${number}`, []));
for (const person of people) world.chat(person.id).bot = 'member';

process.on('disconnect', () => process.exit());
process.on('message', (message) => void obey(Order.parse(message)));
const TOWN = { people: people.length, groups: groups.length };
const idsOf = (all: readonly { readonly id: number }[]) => all.map(({ id }) => id);
process.send?.({ url: server.url, token: server.token, groups: idsOf(groups), people: idsOf(people) });

async function obey(order: Order): Promise<void> {
  await until(() => server.isPolled(), 30_000);
  switch (order.what) {
    case 'load':
      return finish(await carry(order));
    case 'broadcast':
      return finish(await broadcast(order));
    case 'steady':
      return finish(await steady(order));
  }
}

function finish(done: Finish): void {
  process.send?.(done);
}

/** From everything waiting to everything answered, or to the limit. */
async function carry({ messages, latencyMs, limitMs }: Extract<Order, { what: 'load' }>): Promise<Finish> {
  server.latencyMs = latencyMs;
  const before = world.sent.length;
  for (let message = 0; message < messages; message += 1) say(message);
  const from = performance.now();
  await until(() => world.sent.length - before >= messages, limitMs);
  const ms = performance.now() - from;
  const answers = world.sent.slice(before);
  return { answered: answers.length, ms, swapped: swappedIn(answers), refused: 0, waits: [], waitsBesideRefusals: [] };
}

/** Everybody asks again only when answered, so that an answer belongs to a question. */
async function broadcast({ messages, askEveryMs, limitMs }: Extract<Order, { what: 'broadcast' }>): Promise<Finish> {
  const isNotice = (chatId: number) => chatId < 0;
  const asked = new Map<number, number>();
  const waits: number[] = [];
  let read = world.sent.length;
  let notices = 0;
  let first = 0;
  let last = 0;
  let next = 0;
  const ask = setInterval(() => {
    const person = people[next % people.length];
    next += 1;
    if (person === undefined || asked.has(person.id)) return;
    asked.set(person.id, performance.now());
    control.say(person, world.chat(person.id), '大骨头扔哪');
  }, askEveryMs);
  const readOn = () => {
    for (; read < world.sent.length; read += 1) {
      const chatId = world.sent[read]?.chatId ?? 0;
      const now = performance.now();
      if (isNotice(chatId)) {
        if (notices === 0) first = now;
        notices += 1;
        last = now;
      }
      const from = asked.get(chatId);
      if (from === undefined) continue;
      asked.delete(chatId);
      waits.push(now - from);
    }
    return notices >= messages;
  };
  await until(readOn, limitMs, 1);
  clearInterval(ask);
  const refused = server.calls.filter(({ status }) => status === 429).length;
  return { answered: notices, ms: last - first, swapped: 0, refused, waits, waitsBesideRefusals: [] };
}

/** The waits are those of the groups that never refuse; in turn, so that whatever else the machine does weighs on both. */
async function steady(order: Extract<Order, { what: 'steady' }>): Promise<Finish> {
  const { perSecond, stretchSeconds, stretches, refusing } = order;
  const from = performance.now();
  const stretchAt = (now: number) => Math.floor((now - from) / (stretchSeconds * 1_000));
  const refuses = (now: number) => stretchAt(now) % 2 === 1;
  const refusingIds = new Set(groups.slice(0, refusing).map(({ id }) => id));
  let refused = 0;
  server.faults.order('sendMessage', TOO_FAST, Number.POSITIVE_INFINITY, ({ chat_id }) => {
    if (!refuses(performance.now()) || !refusingIds.has(Number(chat_id))) return false;
    refused += 1;
    return refused % 2 === 1;
  });
  const asked = new Map<number, number[]>(groups.map(({ id }) => [id, []]));
  const waits: number[] = [];
  const waitsBesideRefusals: number[] = [];
  let read = world.sent.length;
  let said = 0;
  const readOn = (now: number) => {
    for (; read < world.sent.length; read += 1) {
      const chatId = world.sent[read]?.chatId ?? 0;
      const at = asked.get(chatId)?.shift();
      if (at === undefined || refusingIds.has(chatId)) continue;
      (refuses(at) ? waitsBesideRefusals : waits).push(now - at);
    }
  };
  const sayOn = (now: number) => {
    for (; stretchAt(now) < stretches && said < ((now - from) / 1_000) * perSecond; said += 1) {
      asked.get(groups[spoken(said, TOWN).group]?.id ?? 0)?.push(now);
      say(said);
    }
  };
  const isOver = () => {
    const now = performance.now();
    readOn(now);
    sayOn(now);
    return stretchAt(now) > stretches;
  };
  await until(isOver, (stretches + 2) * stretchSeconds * 1_000, 1);
  server.faults.clear();
  const answered = waits.length + waitsBesideRefusals.length;
  return { answered, ms: performance.now() - from, swapped: 0, refused, waits, waitsBesideRefusals };
}

const TOO_FAST = {
  kind: 'status',
  status: 429,
  description: 'Too Many Requests: retry after 1',
  parameters: { retry_after: 1 },
} as const;

function say(message: number): void {
  const { person, group, text } = spoken(message, TOWN);
  const [who, where] = [people[person], groups[group]];
  if (who === undefined || where === undefined) throw new Error('somebody is missing');
  control.say(who, where, `@${world.bot.username} ${text}`);
}

async function until(holds: () => boolean, limitMs: number, everyMs = 5): Promise<void> {
  const end = performance.now() + limitMs;
  while (!holds() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, everyMs));
}
