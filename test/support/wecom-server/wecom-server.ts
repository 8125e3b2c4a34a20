/**
 * WeCom on loopback: the long connection of intelligent bots, webhook robots and encrypted media, as the platform's
 * documents describe them (101463, 101138, 101032, 91770), with faults to order and a clock to move.
 */
import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { freePort } from '../free-port.ts';
import { type ManualClock, manualClock } from '../manual-clock.ts';
import { displace, onText } from './connection.ts';
import { type Faults, noFaults, type Order } from './faults.ts';
import { serve } from './http-side.ts';
import { LIMITS } from './limits.ts';
import {
  clickCard,
  enterChat,
  groupSays,
  happens,
  type Saying,
  type SayingHow,
  singleChat,
  type Ticked,
  userSays,
} from './people.ts';
import { type Bot, type Chat, newId, type Robot, type ScreenItem, type Session, timeOf, type World } from './world.ts';

export interface WecomServer {
  readonly world: World;
  readonly faults: Faults;
  /** `ws://127.0.0.1:…` */
  readonly wsUrl: string;
  readonly addBot: (id: string, secret: string, name: string) => Bot;
  readonly addGroup: (bot: Bot, members: readonly string[]) => Chat;
  /** Returns the address that messages are posted to. */
  readonly addRobot: () => { robot: Robot; url: string };
  /** What happens to the next frame with this command; several orders wait for several frames. */
  readonly order: (cmd: string | RegExp, order: Order, times?: number) => void;
  readonly userSays: (bot: Bot, userId: string, saying: Saying, how?: SayingHow) => string | null;
  readonly groupSays: (
    bot: Bot,
    group: Chat,
    userId: string,
    saying: Saying,
    how?: SayingHow & { readonly mention?: boolean },
  ) => string | null;
  readonly enterChat: (bot: Bot, userId: string) => string | null;
  readonly clickCard: (
    bot: Bot,
    chat: Chat,
    userId: string,
    taskId: string,
    key: string,
    ticked?: Ticked,
  ) => string | null;
  readonly happens: (bot: Bot, chat: Chat, userId: string, event: object) => string | null;
  readonly singleChat: (bot: Bot, userId: string) => Chat;
  readonly screen: (chat: Chat) => readonly ScreenItem[];
  /** As when somebody else subscribes with the same bot. With `linger` the old line is left open. */
  readonly kick: (bot: Bot, linger?: boolean) => void;
  /** The bot's line breaks. */
  readonly cut: (bot: Bot) => void;
  /** Raw text on the bot's line. */
  readonly write: (bot: Bot, text: string) => void;
  /** Lets go what was held: acks, upgrades. */
  readonly release: () => void;
  /** Time passes; whoever has been silent too long is cut off. */
  readonly advance: (ms: number) => void;
  readonly goDown: () => Promise<void>;
  readonly comeBack: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const START = new Date('2026-11-20T10:00:00+08:00');

/** Its clock stands still unless it is given one that runs; what it writes on messages is the time of `calendar`. */
export async function startWecomServer(clock = manualClock(START), calendar = clock.now): Promise<WecomServer> {
  const world = newWorld(clock, calendar);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4 << 20 });
  const upgrading = new Set<Duplex>();
  let listening: Server | null = null;
  const port = await freePort();
  let connections = 0;

  async function comeBack(): Promise<void> {
    const http = createServer((request, response) => void serve(world, request, response));
    http.on('upgrade', (request, socket, head) => {
      // One that waits for its answer would keep the server from closing.
      upgrading.add(socket.on('close', () => upgrading.delete(socket)));
      onUpgrade(world, socket, () =>
        sockets.handleUpgrade(request, socket, head, (line) => {
          connections += 1;
          onLine(world, line, socket, connections);
        }),
      );
    });
    await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
    world.origin = `http://127.0.0.1:${port}`;
    listening = http;
  }

  async function goDown(): Promise<void> {
    const http = listening;
    if (http === null) return;
    listening = null;
    for (const session of [...world.sessions]) session.cut();
    for (const socket of upgrading) socket.destroy();
    const closed = new Promise((resolve) => http.close(resolve));
    http.closeAllConnections();
    await closed;
  }

  await comeBack();
  return {
    ...verbsOf(world),
    wsUrl: `ws://127.0.0.1:${port}`,
    goDown,
    comeBack,
    stop: async () => {
      world.held.splice(0);
      await goDown();
      sockets.close();
    },
  };
}

function verbsOf(world: World): Omit<WecomServer, 'wsUrl' | 'goDown' | 'comeBack' | 'stop'> {
  return {
    world,
    faults: world.faults,
    addBot: (id, secret, name) => addBot(world, id, secret, name),
    addGroup: (bot, members) => addGroup(world, bot, members),
    addRobot: () => {
      const robot: Robot = { key: newId('key'), screen: [], sentAt: [], media: new Map() };
      world.robots.set(robot.key, robot);
      return { robot, url: `${world.origin}/cgi-bin/webhook/send?key=${robot.key}` };
    },
    order: (cmd, order, times = 1) => {
      for (let time = 0; time < times; time += 1) world.faults.orders.push({ cmd, order });
    },
    userSays: (bot, userId, saying, how) => userSays(world, bot, userId, saying, how),
    groupSays: (bot, group, userId, saying, how) => groupSays(world, bot, group, userId, saying, how),
    enterChat: (bot, userId) => enterChat(world, bot, userId),
    clickCard: (bot, chat, userId, taskId, key, ticked) => clickCard(world, bot, chat, userId, taskId, key, ticked),
    happens: (bot, chat, userId, event) => happens(world, bot, chat, userId, event),
    singleChat: (bot, userId) => singleChat(world, bot, userId),
    screen: ({ screen }) => screen,
    kick: (bot, linger = false) => {
      const { session } = bot;
      if (session === null) throw new Error('the bot is not connected');
      if (!linger) bot.session = null;
      displace(world, bot, session, linger);
    },
    cut: (bot) => bot.session?.cut(),
    write: (bot, text) => bot.session?.write(text),
    release: () => {
      for (const letGo of world.held.splice(0)) letGo();
    },
    advance: (ms) => advance(world, ms),
  };
}

function newWorld(clock: ManualClock, calendar: () => Date): World {
  return {
    clock,
    calendar,
    faults: noFaults(),
    bots: new Map(),
    chats: [],
    reqIds: new Map(),
    sessions: new Set(),
    robots: new Map(),
    downloads: new Map(),
    held: [],
    junk: [],
    origin: '',
  };
}

function addBot(world: World, id: string, secret: string, name: string): Bot {
  const bot: Bot = {
    id,
    secret,
    name,
    session: null,
    subscribed: [],
    uploaded: [],
    taskIds: new Set(),
    uploads: new Map(),
    media: new Map(),
    lateAcks: [],
    missed: [],
    waiting: null,
  };
  world.bots.set(id, bot);
  return bot;
}

function addGroup(world: World, bot: Bot, members: readonly string[]): Chat {
  const group: Chat = {
    // Capital letters count.
    id: newId('wrKz'),
    kind: 'group',
    botId: bot.id,
    members: new Set(members),
    hasSpoken: false,
    presence: 'in',
    sentAt: [],
    screen: [],
  };
  world.chats.push(group);
  return group;
}

function onUpgrade(world: World, socket: Duplex, upgrade: () => void): void {
  socket.on('error', () => {});
  if (world.faults.upgrade === 'refuse') socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
  else if (world.faults.upgrade === 'hold') world.held.push(() => (socket.destroyed ? undefined : upgrade()));
  else upgrade();
}

function onLine(world: World, line: WebSocket, socket: Duplex, number: number): void {
  const session: Session = {
    number,
    bot: null,
    isDisplaced: false,
    heardAt: timeOf(world),
    frames: [],
    write: (text) => {
      if (line.readyState === line.OPEN) line.send(text);
    },
    writeBytes: (text, bytes) => {
      socket.cork();
      line.send(text);
      socket.write(bytes);
      socket.uncork();
    },
    cut: () => line.terminate(),
    end: () => line.close(1000),
  };
  world.sessions.add(session);
  line.on('error', () => {});
  line.on('close', () => {
    world.sessions.delete(session);
    if (session.bot?.session === session) session.bot.session = null;
  });
  line.on('message', (data) => onText(world, session, data.toString()));
  if (world.faults.closeOnOpen > 0) {
    world.faults.closeOnOpen -= 1;
    session.cut();
  }
}

function advance(world: World, ms: number): void {
  world.clock.set(new Date(timeOf(world) + ms));
  for (const session of world.sessions) {
    if (timeOf(world) - session.heardAt > LIMITS.pingWithinMs) session.cut();
  }
}
