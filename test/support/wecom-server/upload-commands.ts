/** Media in three steps: begin, pieces in any order and as often as one likes, end. */
import { z } from 'zod';
import { type Answer, type Frame, OK, refusal } from './frame.ts';
import { LIMITS, passes } from './limits.ts';
import { type Bot, bytesIn, MEDIA_TYPES, md5Of, newId, timeOf, type Upload, type World } from './world.ts';

const Init = z.object({
  type: z.enum(MEDIA_TYPES),
  filename: z.string().min(1),
  total_size: z.number().int(),
  total_chunks: z.number().int().min(1).max(LIMITS.chunks),
  md5: z.string().optional(),
});
const Chunk = z.object({ upload_id: z.string(), chunk_index: z.number().int().min(0), base64_data: z.base64() });
const Finish = z.object({ upload_id: z.string() });

export function beginUpload(world: World, bot: Bot, { body }: Frame): Answer {
  const init = Init.safeParse(body).data;
  if (init === undefined || bytesIn(init.filename) > LIMITS.fileNameBytes) return refusal(40058);
  if (init.total_size < LIMITS.leastMediaBytes || init.total_size > LIMITS.mediaBytes[init.type]) return refusal(45001);
  if (!passes(bot.uploaded, LIMITS.uploadsPerBot, timeOf(world))) return refusal(45009);
  const uploadId = newId('up');
  bot.uploads.set(uploadId, {
    type: init.type,
    name: init.filename,
    size: init.total_size,
    chunkCount: init.total_chunks,
    md5: init.md5 ?? null,
    at: timeOf(world),
    chunks: new Map(),
  });
  return { errcode: 0, body: { upload_id: uploadId } };
}

/** Numbered from 0. */
export function takeChunk(world: World, bot: Bot, { body }: Frame): Answer {
  const chunk = Chunk.safeParse(body).data;
  const upload = openUpload(world, bot, chunk?.upload_id);
  if (chunk === undefined || upload === undefined || chunk.chunk_index >= upload.chunkCount) return refusal(40058);
  const bytes = Buffer.from(chunk.base64_data, 'base64');
  if (bytes.length > LIMITS.chunkBytes) return refusal(45001);
  upload.chunks.set(chunk.chunk_index, bytes);
  return OK;
}

export function endUpload(world: World, bot: Bot, { body }: Frame): Answer {
  const finish = Finish.safeParse(body).data;
  const upload = openUpload(world, bot, finish?.upload_id);
  if (finish === undefined || upload === undefined || upload.chunks.size !== upload.chunkCount) return refusal(40058);
  const inOrder = [...upload.chunks].sort(([one], [other]) => one - other).map(([, chunk]) => chunk);
  const bytes = Buffer.concat(inOrder);
  if (bytes.length !== upload.size) return refusal(40058);
  if (upload.md5 !== null && upload.md5 !== md5Of(bytes)) return refusal(301019);
  const mediaId = newId('media');
  const at = timeOf(world);
  bot.media.set(mediaId, { type: upload.type, name: upload.name, bytes, at });
  bot.uploads.delete(finish.upload_id);
  return { errcode: 0, body: { type: upload.type, media_id: mediaId, created_at: String(Math.floor(at / 1_000)) } };
}

function openUpload(world: World, bot: Bot, id: string | undefined): Upload | undefined {
  const upload = id === undefined ? undefined : bot.uploads.get(id);
  return upload === undefined || timeOf(world) - upload.at > LIMITS.uploadWithinMs ? undefined : upload;
}
