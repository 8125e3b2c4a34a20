/** The front desk: says what can be done here, takes what no other feature knows to a person, and never pretends. */
import type { Saying } from '../../model/text.ts';
import type { Feature, Outcome, Turn } from '../../runtime/feature.ts';
import { type DeskContent, type DeskParts, deskWords } from './front-desk-parts.ts';
import { wordSaid } from './front-desk-rules.ts';
import { FRONT_DESK_TEXTS, say } from './front-desk-texts.ts';
import { callPerson, isForPerson, noteIssue, passOn } from './person.ts';
import { tellSource } from './source.ts';
import { askWhatWasMeant, readChosen } from './unclear.ts';

export function createFrontDesk({ content }: DeskParts): Feature {
  return {
    name: 'front-desk',
    intents: [
      'help',
      'thanks',
      'question',
      'issue.report',
      'none',
      'choice',
      'confirm',
      'quiz.answer',
      'chain',
      'staff.notice',
    ],
    texts: FRONT_DESK_TEXTS,
    act: async (turn) => {
      const chosen = await readChosen(turn, content());
      if (chosen !== null) return chosen;
      return turn.addressed ? attend(turn, content()) : { messages: [] };
    },
  };
}

async function attend(turn: Turn, content: DeskContent): Promise<Outcome> {
  const said = wordSaid(turn.text, deskWords(content));
  if (said === 'source') return tellSource(turn, content);
  if (said === 'person') return callPerson(turn);
  switch (turn.understood.intent) {
    case 'help':
      return answer(turn.chat.kind === 'group' ? say('desk.help-group') : say('desk.help'));
    case 'thanks':
      return answer(say('desk.thanks'));
    case 'question':
      return passOn(turn, turn.text);
    case 'issue.report':
      return noteIssue(turn, content);
    case 'quiz.answer':
      return answer(say('desk.no-quiz'));
    case 'chain':
      return keepChain(turn);
    case 'staff.notice':
      return answer(say('desk.notice-by-page'));
    case 'choice':
    case 'confirm':
      return isForPerson(turn) ? passOn(turn, turn.text) : answer(say('desk.nothing-open'));
    default:
      return isForPerson(turn) ? passOn(turn, turn.text) : askWhatWasMeant(turn, content);
  }
}

/** A list pasted in private is meant for the committee; one in a group is the neighbours' own until somebody asks. */
async function keepChain(turn: Turn): Promise<Outcome> {
  if (turn.chat.kind === 'group') return { messages: [] };
  await passOn(turn, turn.text);
  return answer(say('desk.chain-passed-on'));
}

function answer(said: Saying): Outcome {
  return { messages: [{ to: 'here', said }] };
}
