/** Markup that people type is shown as they typed it and never runs, in every field of every page, in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertActivity, insertShift } from '../../src/store/activity-table.ts';
import { insertChat } from '../../src/store/chat-table.ts';
import { insertArea, updateCommunity } from '../../src/store/community-table.ts';
import { saveHandGroup } from '../../src/store/hand-group-table.ts';
import { insertNotice } from '../../src/store/notice-table.ts';
import { insertOutbox } from '../../src/store/outbox-table.ts';
import { insertStaff } from '../../src/store/staff-table.ts';
import { insertTask } from '../../src/store/task-table.ts';
import { openBrowser } from '../support/browser.ts';
import { PASSWORD, START } from './admin-harness.ts';
import { type ServedOffice, serveOffice } from './served-office.ts';

// Ways in through text, attributes, comments, entities, odd tags and odd characters.
const PAYLOADS = [
  '<script>x()</script>',
  '"><script>x()</script>',
  "'><script>x()</script>",
  '</title><script>x()</script>',
  '</textarea><script>x()</script>',
  '</option></select><img src=x onerror=x()>',
  '<img src=x onerror=x()>',
  '"><img src=x onerror=x()>',
  '<svg onload=x()>',
  '"><svg/onload=x()>',
  '<svg><script>x()</script>',
  '<body onload=x()>',
  '<iframe src="javascript:parent.x()">',
  '<iframe srcdoc="<script>parent.x()</script>">',
  '<details open ontoggle=x()>',
  '<input autofocus onfocus=x()>',
  '" autofocus onfocus="x()',
  "' autofocus onfocus='x()",
  '" onmouseover="x()" style="position:fixed;inset:0',
  '<a href="javascript:x()">a</a>',
  'javascript:x()',
  '<math><mtext><img src=x onerror=x()>',
  '<!--><img src=x onerror=x()>-->',
  '<style>@import "//evil.example/x.css"</style>',
  '<base href="//evil.example/">',
  '<meta http-equiv=refresh content="0;url=javascript:x()">',
  '<form action="//evil.example"><button>a</button>',
  '&lt;script&gt;x()&lt;/script&gt;',
  '\u003cimg src=x onerror=x()\u003e{{x()}}',
  '＜script＞x()＜/script＞\u2028<img src=x onerror=x()>',
];

// Hundreds of pages one after the other; on a busy machine that takes its time.
const PATIENCE_MS = 300_000;

let browser: Browser;
let office: ServedOffice;
let page: Page;
const dialogs: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  office = await serveOffice({ isSample: true });
  await office.addStaff('li', 'admin');
  const context = await browser.newContext();
  await context.addInitScript(`
    window.seen = [];
    window.x = () => window.seen.push('run');
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => window.seen.push(violatedDirective));
  `);
  page = await context.newPage();
  page.on('dialog', async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  await page.goto(`${office.url}/sign-in`);
  await page.getByLabel('登录名').fill('li');
  await page.getByLabel('密码').fill(PASSWORD);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '登录' }).click()]);
}, PATIENCE_MS);
afterAll(async () => {
  await office.close();
  await browser.close();
});

it('has thirty ways in to try', () => {
  expect(new Set(PAYLOADS).size).toBe(30);
});

/** Pages with a form; each is sent so that it comes back refused, with what was typed in every field. */
const FORM_PAGES = [
  '',
  '/settings/community',
  '/settings/areas',
  '/settings/groups/GROUP',
  '/settings/hand-groups',
  '/forwarding',
  '/settings/days',
  '/settings/staff',
  '/settings/hours',
  '/begin',
  '/activities/new',
  '/notices/new',
  '/pledges/new',
  '/settings/machine',
  '/sign-in',
];

// Longer than any field takes, so that nothing is kept and every form stays where it is.
const TOO_LONG = 3_000;

it('comes back from every form as it was typed', { timeout: PATIENCE_MS }, async () => {
  const { id: communityId } = office.community;
  const groupId = await office.store.write(async (tx) => {
    const chat = { communityId, channel: 'web', account: communityId, address: 'group:3', kind: 'group' } as const;
    const { id } = await insertChat(tx, { ...chat, title: '3号楼群', areaId: null, personId: null, now: START });
    await insertChat(tx, { ...chat, channel: 'manual', title: '微信群', areaId: null, personId: null, now: START });
    await insertTask(tx, { communityId, kind: 'unknown-waste', subjectId: 'w', text: '电子秤', now: START });
    await insertTask(tx, { communityId, kind: 'question', subjectId: 'q', text: '充电桩', now: START });
    await insertTask(tx, {
      communityId,
      kind: 'days-to-confirm',
      subjectId: 'energy-week:2026',
      text: '哪几天',
      now: START,
    });
    return id;
  });
  for (const formPage of FORM_PAGES) {
    const url = office.url + formPage.replace('GROUP', groupId);
    await page.goto(url);
    const forms: number = await page.evaluate(`${TEXT_FORMS}.length`);
    expect({ formPage, forms: forms > 0 }).toEqual({ formPage, forms: true });
    for (let form = 0; form < forms; form += 1) {
      for (const payload of PAYLOADS) {
        // On one page after the other, as the refused one holds the same forms.
        await send(form, payload + '!'.repeat(TOO_LONG));
        expect({ formPage, payload, ...(await traces()) }).toEqual({ formPage, payload, seen: [], planted: [] });
      }
      await page.goto(url);
    }
  }
  expect(dialogs).toEqual([]);
});

const TEXT_FORMS = `[...document.forms].filter((form) => form.querySelector('input[name]:not([type=hidden], [type=file], [type=radio], [type=checkbox]), textarea'))`;

async function send(form: number, value: string): Promise<void> {
  const loaded = page.waitForEvent('load');
  await page.evaluate(`(() => {
    const form = ${TEXT_FORMS}[${form}];
    for (const field of form.querySelectorAll('input:not([type=hidden], [type=file], [type=radio], [type=checkbox]), textarea')) {
      if (field.type !== 'textarea') field.type = 'text';
      field.value = ${JSON.stringify(value)};
    }
    form.submit();
  })()`);
  await loaded;
}

const PAGES = [
  '',
  '/settings',
  '/settings/community',
  '/settings/areas',
  '/settings/groups',
  '/settings/hand-groups',
  '/forwarding',
  '/settings/tips',
  '/settings/days',
  '/settings/staff',
  '/settings/audit',
  '/account',
  '/begin',
  '/activities',
  '/notices',
  '/notices/new',
  '/pledges',
  '/pledges/new',
  '/sign-in',
];

it('stands on every page as it was typed', { timeout: PATIENCE_MS }, async () => {
  const { id: communityId } = office.community;
  await office.store.write(async (tx) => {
    for (const [n, payload] of PAYLOADS.entries()) {
      const chat = {
        communityId,
        channel: 'web',
        account: communityId,
        address: `group:${n}x`,
        kind: 'group',
      } as const;
      const { id: chatId } = await insertChat(tx, {
        ...chat,
        title: payload,
        areaId: null,
        personId: null,
        now: START,
      });
      const byHand = await insertChat(tx, {
        ...chat,
        channel: 'manual',
        title: payload,
        areaId: null,
        personId: null,
        now: START,
      });
      await saveHandGroup(tx, { ...NO_WECOM, communityId, chatId: byHand.id, owner: payload });
      const forwarded = { ...ANY_MESSAGE, communityId, chatId: byHand.id, message: { text: payload } };
      await insertOutbox(tx, forwarded, { owner: null, now: START });
      const households = { count: 1, source: payload, countedOn: '2026-11-01' };
      await insertArea(tx, { communityId, parentId: null, kind: 'compound', name: payload, households: null });
      await insertArea(tx, { communityId, parentId: null, kind: 'building', name: payload, households });
      const staff = {
        communityId,
        login: `staff${n}`,
        displayName: payload,
        role: 'viewer',
        passwordIsInitial: false,
      } as const;
      await insertStaff(tx, { ...staff, passwordHash: 'x', now: START });
      const task = { communityId, chatId, text: payload, now: START };
      if (n < 8) await insertTask(tx, { ...task, kind: 'unknown-waste', subjectId: `w${n}` });
      else if (n < 16) await insertTask(tx, { ...task, kind: 'issue' });
      else await insertTask(tx, { ...task, kind: 'message-failed', subjectId: `f${n}` });
      await insertNotice(tx, {
        communityId,
        text: payload,
        urgentReason: payload,
        asksReceipt: false,
        chatIds: [chatId],
        createdBy: null,
        now: START,
      });
      const texts = { title: payload, place: payload, details: payload, risk: null, insured: false } as const;
      const activity = await insertActivity(tx, { ...texts, communityId, state: 'open', createdBy: null, now: START });
      const startsAt = new Date('2026-11-18T14:00:00+08:00');
      await insertShift(tx, activity, { startsAt, endsAt: new Date('2026-11-18T16:00:00+08:00'), capacity: null });
    }
  });
  for (const payload of PAYLOADS) {
    const settings = { ...office.community.settings, contact: payload, address: payload };
    await office.store.write((tx) => updateCommunity(tx, { ...office.community, name: payload, settings }));
    // Everything else holds all of them at once.
    for (const path of payload === PAYLOADS[0] ? PAGES : ['/settings/community', '/sign-in']) {
      await page.goto(office.url + path);
      expect({ path, payload, ...(await traces()) }).toEqual({ path, payload, seen: [], planted: [] });
    }
    expect(await page.title()).toContain(payload);
  }
  expect(dialogs).toEqual([]);
});

const NO_WECOM = { link: null, wecomChat: null, wecomOwner: null };
const ANY_MESSAGE = {
  kind: 'notice',
  textKey: 'k',
  runAt: START,
  notAfter: null,
  collapseKey: null,
  urgent: false,
  subjectId: null,
} as const;

/** What ran, what the browser had to refuse, and what stands in the page that we did not put there. */
function traces(): Promise<object> {
  return page.evaluate(`(() => {
    const ours = 'script:not([src^="/admin/copy.js?"], [src^="/admin/review.js?"]), style, iframe, base, svg, math, object, [onerror], [onload], [onfocus], [ontoggle], [onmouseover], [style], a[href^="javascript"], img:not(.qr), meta[http-equiv]';
    return { seen: window.seen, planted: [...document.querySelectorAll(ours)].map(({ outerHTML }) => outerHTML) };
  })()`);
}
