/** Words that a worker taught, played on the whole bot. */
import { OWN_WORD_KINDS } from '../../../src/model/own-word.ts';
import { deleteOwnWord, listOwnWords, putOwnWord } from '../../../src/store/own-word-table.ts';
import { OFFICE } from '../../support/committee.ts';
import { playDialogues } from '../../support/dialogue.ts';
import { STAGE_COMMUNITY, type Stage } from '../../support/stage.ts';

playDialogues(import.meta.dirname, { ...OFFICE, commands: { ...OFFICE.commands, teach, forget } });

/** `teach waste w123 软筒子`: the kind, the id of what is meant, what people say. */
async function teach(stage: Stage, rest: string): Promise<void> {
  const [name, meaning = '', said = ''] = rest.split(' ');
  const kind = OWN_WORD_KINDS.find((one) => one === name);
  if (kind === undefined) throw new Error(`no kind ${name}`);
  const word = { kind, said, heard: said, meaning, meant: meaning, communityId: STAGE_COMMUNITY, staffId: null };
  await stage.store.write((tx) => putOwnWord(tx, { ...word, now: stage.clock.now() }));
}

async function forget(stage: Stage, said: string): Promise<void> {
  await stage.store.write(async (tx) => {
    const word = (await listOwnWords(tx, STAGE_COMMUNITY)).find((one) => one.said === said);
    await deleteOwnWord(tx, STAGE_COMMUNITY, word?.id ?? '');
  });
}
