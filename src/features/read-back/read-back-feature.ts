/** What only a model made of a message is said back to the person, and acted on when they say yes. */
import { z } from 'zod';
import type { Content } from '../../content/content.ts';
import { compileNeighbourPatterns, forNeighbours } from '../../language/neighbour-words.ts';
import type { RenderText } from '../../model/text.ts';
import { Understood } from '../../model/understanding.ts';
import type { Feature, Outcome, Turn } from '../../runtime/feature.ts';
import { READ_BACK_TEXTS, say } from './read-back-texts.ts';
import { asked } from './read-back-words.ts';

export interface ReadBackParts {
  readonly content: () => Pick<Content, 'habits' | 'languageTables'>;
  readonly render: RenderText;
}

const STEP = 'meant';
const VERSION = 1;
/** Later, a bare yes is more likely about something else. */
const OPEN_MS = 2 * 60 * 60_000;
const Meant = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(Understood);
const Answers = z.object({ meant: Meant, text: z.string() });

export function createReadBack({ content, render }: ReadBackParts): Feature {
  return {
    name: 'read-back',
    intents: [],
    texts: READ_BACK_TEXTS,
    offer: async (turn, meant) => {
      const { habits, languageTables } = content();
      const isOpen = (words: string) => turn.chat.kind === 'direct' || isForAll(words, languageTables);
      const question = asked(meant, { habits, locale: turn.community.locale, render, isOpen });
      return question === null ? null : offer(turn, meant, question);
    },
    act: async (turn) => takeAnswer(turn),
  };
}

/** A phone, a door or a name in it is not said again among neighbours. */
function isForAll(words: string, tables: Content['languageTables']): boolean {
  return forNeighbours(words, compileNeighbourPatterns(tables)) === words.trim();
}

function offer({ chat, text }: Turn, meant: Understood, question: ReturnType<typeof say>): Outcome {
  const choices = [{ label: say('read-back.yes') }, { label: say('read-back.no') }];
  return {
    messages: [{ to: 'here', said: chat.kind === 'group' ? question : { ...question, choices } }],
    ask: {
      step: STEP,
      version: VERSION,
      question: { kind: 'confirm' },
      answers: { meant: JSON.stringify(meant), text },
      openForMs: OPEN_MS,
    },
  };
}

function takeAnswer({ understood: { slots }, conversation }: Turn): Outcome {
  const answers = conversation?.version === VERSION ? Answers.safeParse(conversation.answers).data : undefined;
  const isYes = slots.yes ?? slots.numbers?.[0] === 1;
  if (answers === undefined || !isYes)
    return { messages: [{ to: 'here', said: say('read-back.not-that') }], ask: null };
  return { messages: [], ask: null, readAs: answers.meant, readFrom: answers.text };
}
