/** What the bot says on WeCom by itself, because the platform has something that no other has. */
import type { RenderText, TextCatalogue } from '../../model/text.ts';

export const WECOM_TEXTS = {
  'wecom.choose': [],
  'wecom.tick': [],
  'wecom.submit': [],
  'wecom.chosen': ['choice'],
  'wecom.say-again': [],
  'wecom.everybody': [],
} as const satisfies TextCatalogue;

export interface WecomWords {
  /** Over buttons, and over options to tick, that stand apart from their text. */
  readonly choose: string;
  readonly tick: string;
  /** On the button under options. */
  readonly submit: string;
  /** On a card once it was used. */
  readonly chosen: (choice: string) => string;
  /** To somebody whose message surely could not be kept. */
  readonly sayAgain: string;
  /** Written by a worker into a notice, it calls everybody in a group where that is possible. */
  readonly everybody: string;
}

export function wecomWords(render: RenderText, locale: string): WecomWords {
  const say = (key: keyof typeof WECOM_TEXTS, choice = '') => render(locale, key, { choice }, key);
  return {
    choose: say('wecom.choose'),
    tick: say('wecom.tick'),
    submit: say('wecom.submit'),
    chosen: (choice) => say('wecom.chosen', choice),
    sayAgain: say('wecom.say-again'),
    everybody: say('wecom.everybody'),
  };
}
