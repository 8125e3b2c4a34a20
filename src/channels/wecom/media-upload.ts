/** Brings a picture or file to WeCom in three steps, after which it can be shown for three days (document 101463). */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { cutGraphemes } from '../../lib/text.ts';
import type { Attachment } from '../../model/message.ts';
import type { ChannelParts, DeliveryOutcome } from '../channel.ts';
import type { Connection } from './connection.ts';
import { byteLength } from './markdown.ts';
import { outcomeOf } from './outcome-rules.ts';
import { SlidingWindow } from './sliding-window.ts';
import type { Answer } from './transport.ts';

export type Failure = Exclude<DeliveryOutcome, { fate: 'sent' }>;

export type Uploaded =
  | { readonly ok: true; readonly type: MediaType; readonly mediaId: string }
  | { readonly ok: false; readonly outcome: Failure };

type MediaType = 'image' | 'file';

const MEGABYTE = 1024 * 1024;
const MOST_BYTES = { image: 10 * MEGABYTE, file: 20 * MEGABYTE } as const;
const LEAST_BYTES = 5;
const CHUNK_BYTES = 512 * 1024;
// Many at once are answered with "system busy" (SDK 1.0.7, uploadMedia).
const CHUNKS_AT_ONCE = 2;
const CHUNK_TRIES = 3;
const CHUNK_AGAIN_MS = 500;
const FILE_NAME_BYTES = 256;
// WeCom keeps it for three days; whoever uses it at the last moment comes too late.
const KEPT_FOR_MS = 60 * 60 * 60_000;
const MOST_KEPT = 200;
// 30 a minute, 1,000 an hour for the whole bot (document 101463).
const ALLOWED = [
  { most: 28, withinMs: 60_000 },
  { most: 950, withinMs: 60 * 60_000 },
];

const Begun = z.object({ upload_id: z.string() });
const Done = z.object({ media_id: z.string() });

interface Kept {
  readonly at: number;
  readonly uploaded: Promise<Uploaded>;
}

export class MediaUpload {
  #connection: Connection;
  #parts: Pick<ChannelParts, 'readFile' | 'steadyNow'>;
  #window = new SlidingWindow(ALLOWED);
  /** One upload serves every chat that is told the same. */
  #kept = new Map<string, Kept>();

  constructor(connection: Connection, parts: Pick<ChannelParts, 'readFile' | 'steadyNow'>) {
    this.#connection = connection;
    this.#parts = parts;
  }

  async mediaOf(attachment: Attachment): Promise<Uploaded> {
    const now = this.#parts.steadyNow();
    const known = this.#kept.get(attachment.id);
    if (known !== undefined && now - known.at < KEPT_FOR_MS) return known.uploaded;
    const uploaded = this.#upload(attachment);
    this.#kept.set(attachment.id, { at: now, uploaded });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    const result = await uploaded;
    if (!result.ok) this.forget(attachment);
    return result;
  }

  /** WeCom does not know it any more. */
  forget({ id }: Attachment): void {
    this.#kept.delete(id);
  }

  async #upload(attachment: Attachment): Promise<Uploaded> {
    const bytes = await this.#parts.readFile(attachment.id).catch(() => undefined);
    // The records cannot be read just now.
    if (bytes === undefined) return refused({ code: 'server-error' });
    if (bytes === null) return refused({ code: 'file-gone', final: true });
    const type = typeOf(attachment, bytes.length);
    if (bytes.length > MOST_BYTES[type]) return refused({ code: 'too-large', final: true });
    if (bytes.length < LEAST_BYTES) return refused({ code: 'invalid', final: true });
    const wait = this.#window.take(this.#parts.steadyNow());
    if (wait > 0) return refused({ code: 'rate-limited', retryAfterMs: wait, untried: true });
    return this.#threeSteps(attachment, type, bytes);
  }

  async #threeSteps({ name }: Attachment, type: MediaType, bytes: Uint8Array): Promise<Uploaded> {
    const init = await this.#connection.request('aibot_upload_media_init', {
      type,
      filename: fileName(name),
      total_size: bytes.length,
      total_chunks: Math.ceil(bytes.length / CHUNK_BYTES),
      md5: createHash('md5').update(bytes).digest('hex'),
    });
    const begun = bodyOf(init, Begun);
    if (begun === null) return failed(init);
    const chunks = await this.#chunks(begun.upload_id, bytes);
    if (chunks !== null) return failed(chunks);
    const finish = await this.#connection.request('aibot_upload_media_finish', begun);
    const done = bodyOf(finish, Done);
    return done === null ? failed(finish) : { ok: true, type, mediaId: done.media_id };
  }

  /** `null` when all are there, else the answer that put an end to it. */
  async #chunks(uploadId: string, bytes: Uint8Array): Promise<Answer | null> {
    const count = Math.ceil(bytes.length / CHUNK_BYTES);
    let next = 0;
    let fault: Answer | null = null;
    const worker = async () => {
      while (next < count && fault === null) {
        const index = next;
        next += 1;
        const answer = await this.#chunk(uploadId, index, bytes);
        if (!isYes(answer)) fault ??= answer;
      }
    };
    await Promise.all(Array.from({ length: Math.min(CHUNKS_AT_ONCE, count) }, worker));
    return fault;
  }

  /** The same piece may come as often as it likes, so doubt is no reason not to send it again. */
  async #chunk(uploadId: string, index: number, bytes: Uint8Array): Promise<Answer> {
    const piece = bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
    // Numbered from 0, whatever the documents say (SDK 1.0.7 does so, too).
    const body = { upload_id: uploadId, chunk_index: index, base64_data: Buffer.from(piece).toString('base64') };
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#connection.request('aibot_upload_media_chunk', body);
      const isWorthIt = answer.is === 'timed-out' || (answer.is === 'answered' && BUSY.includes(answer.errcode));
      if (!isWorthIt || tries === CHUNK_TRIES) return answer;
      await new Promise((resolve) => setTimeout(resolve, CHUNK_AGAIN_MS * tries));
    }
  }
}

// System busy, data changed meanwhile, too many at once (document 90313).
const BUSY = [-1, 6000, 45033];

/** WeCom shows JPEG and PNG as pictures; everything else goes as a file. */
function typeOf({ kind, mediaType }: Attachment, size: number): MediaType {
  const isPicture = kind === 'image' && (mediaType === 'image/jpeg' || mediaType === 'image/png');
  return isPicture && size <= MOST_BYTES.image ? 'image' : 'file';
}

/** Cut before the ending, by which phones know what to open it with. */
function fileName(name: string): string {
  if (byteLength(name) <= FILE_NAME_BYTES) return name;
  const ending = /\.\w{1,10}$/u.exec(name)?.[0] ?? '';
  // A character takes four bytes at most.
  return `${cutGraphemes(name, 50, 50)}${ending}`;
}

function isYes(answer: Answer): boolean {
  return answer.is === 'answered' && answer.errcode === 0;
}

function bodyOf<T>(answer: Answer, shape: z.ZodType<T>): T | null {
  if (answer.is !== 'answered' || answer.errcode !== 0) return null;
  return shape.safeParse(answer.body).data ?? null;
}

/** Nothing has been shown yet, so there is no doubt, whatever happened. */
function failed(answer: Answer): Uploaded {
  const outcome = outcomeOf(answer);
  if (outcome.fate === 'not-sent') return { ok: false, outcome };
  return refused({ code: outcome.fate === 'unknown' ? outcome.code : 'server-error' });
}

function refused(outcome: Omit<Extract<DeliveryOutcome, { fate: 'not-sent' }>, 'fate'>): Uploaded {
  return { ok: false, outcome: { fate: 'not-sent', ...outcome } };
}
