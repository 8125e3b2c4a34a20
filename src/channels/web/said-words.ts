/** What a page sent: words typed, a button of the bot's question tapped, or one of the words below the chat. */
import type { Understood } from '../../model/understanding.ts';
import { chosenFrom, newClientId } from './bubble.ts';
import type { ChatKey } from './chat-hub.ts';
import { ClientId, type FormValues, one } from './form-values.ts';
import { QUICK_MEANING, RESIDENT_ENTRIES } from './quick-entry.ts';
import type { ResidentsWords } from './residents-page-texts.ts';
import { history, type WebDesk } from './web-desk.ts';

export interface SaidWords {
  readonly clientId: string;
  readonly text: string;
  readonly shown?: string;
  readonly understood?: Understood;
}

export async function readSaid(
  desk: WebDesk,
  values: FormValues,
  words: ResidentsWords,
  key: ChatKey,
): Promise<SaidWords> {
  const clientId = ClientId.safeParse(one(values, 'id')).data ?? newClientId();
  const quick = RESIDENT_ENTRIES.find((entry) => entry === one(values, 'quick'));
  if (quick !== undefined) {
    return { clientId, text: words(`residents-page.quick-${quick}`), understood: QUICK_MEANING[quick] };
  }
  if (!values.has('choice')) return { clientId, text: one(values, 'text') };
  const choice = chosenFrom(await history(desk, key), one(values, 'choice'));
  return choice === null ? { clientId, text: '' } : { clientId, text: choice.say, shown: choice.label };
}
