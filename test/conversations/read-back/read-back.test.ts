/** The whole bot with a model on loopback: `model {…}` is what it says next, `sent …` what the last question held. */
import { afterAll, beforeEach, expect } from 'vitest';
import { OFFICE } from '../../support/committee.ts';
import { playDialogues } from '../../support/dialogue.ts';
import { putModelOnStage } from '../../support/model-on-stage.ts';
import { VOLUNTEER_COMMANDS } from '../../support/volunteers.ts';

const model = await putModelOnStage();
afterAll(() => model.close());

const { server } = model;
beforeEach(() => {
  server.asked.splice(0);
  server.replies.splice(0);
});

playDialogues(import.meta.dirname, {
  ...OFFICE,
  second: model.second,
  commands: {
    ...OFFICE.commands,
    ...VOLUNTEER_COMMANDS,
    model: async (_, says) => void server.replies.push({ says }),
    /** The message as it left the house. */
    sent: async (_, text) => expect(JSON.parse(server.asked.at(-1)?.user ?? '{}')).toEqual({ said: text }),
    /** Everything that was asked since the last look. */
    questions: async (_, count) => expect(server.asked.splice(0)).toHaveLength(Number(count)),
  },
});
