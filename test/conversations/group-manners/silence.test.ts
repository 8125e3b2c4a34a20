/** Among neighbours the bot holds its tongue, and keeps nothing of what it was not told. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { OFFICE } from '../../support/committee.ts';
import { type DialogueParts, playDialogues } from '../../support/dialogue.ts';
import { type Stage, setStage } from '../../support/stage.ts';
import { VOLUNTEER_COMMANDS } from '../../support/volunteers.ts';

const PARTS: DialogueParts = { ...OFFICE, commands: { ...VOLUNTEER_COMMANDS, ...OFFICE.commands } };

playDialogues(import.meta.dirname, PARTS);

const Case = z.object({
  text: z.string(),
  chat: z.enum(['direct', 'group']),
  mentioned: z.boolean(),
  open: z.unknown(),
  activities: z.array(z.string()).default([]),
  expect: z.object({ intent: z.string() }),
});

/** Said among neighbours too, but no small talk. */
const DANGER = ['电梯困人了，快叫物业', '着火了', '救命啊', '煤气味好大', '老人走丢了', '有人晕倒了', '我家娃不见了'];

/** What neighbours say among themselves, of the sentences by which reading is tried. */
const OVERHEARD = readFileSync(new URL('../../language/cases.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => Case.parse(JSON.parse(line)))
  .filter(
    ({ chat, mentioned, open, expect: { intent } }) =>
      chat === 'group' && !mentioned && open === null && intent === 'none',
  )
  .filter(({ text }) => !DANGER.includes(text));

describe('what is said among neighbours', () => {
  test('gets no answer and leaves no trace, whatever is going on in the community', async () => {
    expect(OVERHEARD.length).toBeGreaterThan(50);
    const stage = await setStage(PARTS);
    try {
      const titles = new Set(OVERHEARD.flatMap(({ activities }) => activities));
      for (const title of titles) await VOLUNTEER_COMMANDS.activity(stage, `${title} 2026-11-21 09:00-11:00`);
      await stage.hear('wang', '@绿邻 大骨头扔哪', { group: '3号楼群', mentioned: true });
      const before = await traces(stage);
      const lastSaid = stage.channel.delivered.at(-1)?.message.text;
      for (const [index, { text }] of OVERHEARD.entries()) {
        await stage.hear(`neighbour${index}`, text, { group: '3号楼群', mentioned: false });
        expect(stage.channel.delivered.at(-1)?.message.text, text).toBe(lastSaid);
      }
      expect(await traces(stage)).toEqual(before);
    } finally {
      await stage.close();
    }
  });
});

describe('what is said of danger among neighbours', () => {
  test.each(DANGER)('"%s" waits for a person of the committee, and the group hears nothing', async (text) => {
    const stage = await setStage(PARTS);
    try {
      await stage.hear('wang', '@绿邻 大骨头扔哪', { group: '3号楼群', mentioned: true });
      const before = stage.channel.delivered.length;
      await stage.hear('lin', text, { group: '3号楼群', mentioned: false });
      await PARTS.commands?.tasks?.(stage, 'issue');
      expect(stage.channel.delivered).toHaveLength(before);
    } finally {
      await stage.close();
    }
  });
});

async function traces({ store, channel }: Stage): Promise<number[]> {
  const tables = ['inbox', 'person', 'task', 'conversation', 'sign_up', 'pledge', 'outbox'] as const;
  const counts = await store.read(({ db }) =>
    Promise.all(
      tables.map(async (table) => {
        const row = await db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        return Number(row.count);
      }),
    ),
  );
  return [channel.delivered.length, ...counts];
}
