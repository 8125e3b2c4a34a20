/** Large bodies at the committee's site: from whom they are taken, and how many at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Office, ORIGIN, openOffice, visitorOf } from './admin-harness.ts';

const FILE_ROUTE = `${ORIGIN}/admin/pledges/paper`;
const CHUNK = 64 * 1024;
const BOUNDARY = 'a-boundary';
const HEADERS = { 'sec-fetch-site': 'same-origin', 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.addStaff('wang', 'admin');
});
afterAll(() => office.close());

/** So many bytes, and how many of them were taken. */
function countedBody(bytes: number) {
  const counted = { taken: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (counted.taken >= bytes) return controller.close();
        counted.taken += CHUNK;
        controller.enqueue(new Uint8Array(CHUNK));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, counted };
}

function send(url: string, body: string | ReadableStream<Uint8Array>, headers: Record<string, string>) {
  return office.site.request(url, { method: 'POST', body, headers, duplex: 'half' });
}

describe('a file from somebody who is not signed in', () => {
  it.each([
    ['which says how large it is', { 'content-length': String(20 * 1024 * 1024) }],
    ['which does not say how large it is', {}],
    ['which pretends to be a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('is not taken, %s', async (_, more) => {
    const { body, counted } = countedBody(20 * 1024 * 1024);
    const answer = await send(FILE_ROUTE, body, { ...HEADERS, ...more });
    expect(answer.status).toBe(401);
    expect(counted.taken).toBeLessThan(1024 * 1024);
  });

  it('is not parsed however small it is', async () => {
    const body = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="note"\r\n\r\nhidden words\r\n--${BOUNDARY}--\r\n`;
    const answer = await send(FILE_ROUTE, body, HEADERS);
    expect([answer.status, (await answer.text()).includes('hidden words')]).toEqual([401, false]);
  });

  it('is not taken where there is no page either', async () => {
    const { body, counted } = countedBody(20 * 1024 * 1024);
    await send(`${ORIGIN}/admin/nowhere`, body, HEADERS);
    expect(counted.taken).toBeLessThan(1024 * 1024);
  });
});

describe('files of the staff', () => {
  it('are read two at a time', async () => {
    const visitor = visitorOf(office.site);
    await visitor.signIn('wang');
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    let open = 0;
    let most = 0;
    const slowBody = () => {
      let pulls = 0;
      return new ReadableStream<Uint8Array>(
        {
          pull: async (controller) => {
            pulls += 1;
            if (pulls === 1) most = Math.max(most, ++open);
            for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
            if (pulls === 1) return controller.enqueue(new TextEncoder().encode(`--${BOUNDARY}--\r\n`));
            open -= 1;
            controller.close();
          },
        },
        { highWaterMark: 0 },
      );
    };
    const headers = { ...HEADERS, cookie, 'content-length': '20' };
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => send(FILE_ROUTE, slowBody(), headers)));
    expect(answers.map(({ status }) => status < 500)).toEqual([true, true, true, true, true]);
    expect(most).toBe(2);
  });
});
