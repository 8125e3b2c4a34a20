/** The web as a channel: the residents' page and the simulator speak and are answered like people on any platform. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { PAGE_HEADERS } from '../../lib/http/page-headers.ts';
import { isSameOrigin } from '../../lib/http/same-origin.ts';
import type { Channel, Delivery, DeliveryOutcome } from '../channel.ts';
import type { ChatKey } from './chat-hub.ts';
import { refusal } from './missing-page.ts';
import { residentsRoutes } from './residents-routes.ts';
import { simulatorRoutes } from './simulator-routes.ts';
import { STATIC_PATH } from './static-files.ts';
import { createWebDesk, type WebDesk } from './web-desk.ts';
import type { WebParts } from './web-parts.ts';

// 2,000 characters of the longest kind, percent-encoded, and the fields around them.
const LARGEST_BODY = 512 * 1024;

export interface WebChannel extends Channel {
  readonly routes: Hono;
  /** Lets the server stop; what is said until then is still heard. */
  readonly endStreams: () => void;
}

/** Its account is the community, so one login serves them all; a person's private chat bears their own address. */
export function createWebChannel(parts: WebParts): WebChannel {
  const desk = createWebDesk(parts);
  let since = parts.clock.now();
  return {
    name: 'web',
    account: '*',
    can: {
      longestText: 2_000,
      buttons: true,
      speaksFirst: true,
      recallWithinMs: Number.POSITIVE_INFINITY,
      pace: {},
    },
    routes: routesOf(desk),
    endStreams: () => desk.hub.close(),
    start: async (sink) => {
      desk.sink = sink;
      since = parts.clock.now();
    },
    deliver: (delivery) => deliver(desk, delivery),
    recall: (_chat, receipt) => recall(desk, receipt),
    status: () => ({ state: desk.sink === null ? 'offline' : 'online', since }),
    stop: async () => {
      desk.sink = null;
      since = parts.clock.now();
      desk.hub.close();
    },
  };
}

function routesOf(desk: WebDesk): Hono {
  const routes = new Hono();
  for (const path of ['/c/*', '/simulator/*']) {
    routes.use(path, async (c, next) => {
      await next();
      for (const [name, value] of Object.entries(PAGE_HEADERS)) {
        if (name !== 'Cache-Control' || !c.res.headers.has(name)) c.header(name, value);
      }
    });
    routes.use(path, async (c, next) => {
      const isPost = c.req.method !== 'GET' && c.req.method !== 'HEAD';
      return isPost && !isSameOrigin(c.req.raw, desk.publicUrl) ? refusal(desk, c, 'foreign', 403) : next();
    });
    routes.use(path, bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => refusal(desk, c, 'too-large', 413) }));
  }
  routes.get(`${STATIC_PATH}/:name`, (c) => {
    const file = desk.files.find(c.req.param('name'));
    if (file === null) return c.notFound();
    return c.body(file.body, 200, {
      'Content-Type': file.type,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
    });
  });
  routes.onError((err, c) => {
    desk.log.error({ channel: 'web', err }, 'a page could not be shown');
    return refusal(desk, c, 'trouble', 503);
  });
  return routes.route('/c', residentsRoutes(desk)).route('/simulator', simulatorRoutes(desk));
}

/** The key is the row's id, so the same message delivered twice stands there once. */
async function deliver(desk: WebDesk, { key, account, chat, kind, message }: Delivery): Promise<DeliveryOutcome> {
  const here = { communityId: account, chatAddress: chat.address };
  try {
    const at = desk.nextMoment();
    const isNew = await desk.records.append({ ...here, id: key, senderAddress: null, kind, message, at });
    if (isNew) desk.hub.wake(here, 'bot');
    return kind === 'notice' ? { fate: 'sent', receipt: receiptOf(here, key) } : { fate: 'sent' };
  } catch (err) {
    desk.log.error({ channel: 'web', err }, 'a message could not be put on the page');
    return { fate: 'not-sent', code: 'store-failed' };
  }
}

const Receipt = z.tuple([z.string(), z.string(), z.string()]);

function receiptOf({ communityId, chatAddress }: ChatKey, key: string): string {
  return JSON.stringify([communityId, chatAddress, key]);
}

/** Pages that are open lose it at once. What is not there any more is as good as taken back. */
async function recall(desk: WebDesk, receipt: string): Promise<boolean> {
  try {
    const [communityId, chatAddress, key] = Receipt.parse(JSON.parse(receipt));
    await desk.records.remove(communityId, key);
    desk.hub.takeAway({ communityId, chatAddress }, key);
    return true;
  } catch (err) {
    desk.log.error({ channel: 'web', err }, 'a message could not be taken off the page');
    return false;
  }
}
