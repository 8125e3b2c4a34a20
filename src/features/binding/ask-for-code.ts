/** Somebody wants to go on in another place as the same person: they get a code to send there. */
import { CODE_GOOD_FOR_MS } from '../../model/binding.ts';
import type { Chat } from '../../model/chat.ts';
import type { Said } from '../../model/outgoing.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { dropUnusedCodes } from '../../store/binding-code-table.ts';
import type { BindingParts } from './binding-parts.ts';
import { say } from './binding-texts.ts';
import { makeCode } from './code-service.ts';

export async function askForCode(turn: Turn, parts: BindingParts): Promise<Outcome> {
  const { tx, now, chat, person, community } = turn;
  const { codes } = parts;
  if (chat.kind === 'group') return { messages: [{ to: 'here', said: say('binding.ask-in-private') }] };
  await dropUnusedCodes(tx, { personId: person.id });
  const wish = { communityId: community.id, purpose: 'person', personId: person.id, chatId: chat.id } as const;
  const { code } = await makeCode(tx, codes, wish, now);
  const said = codeWords(chat, code, parts);
  return { messages: [{ to: 'here', said }] };
}

function codeWords(chat: Chat, code: string, { joinPath, pagesOnlyHere }: BindingParts): Said {
  const values = { code, minutes: CODE_GOOD_FOR_MS.person / 60_000 };
  const path = joinPath(chat, code);
  if (path === null) return say('binding.code', values);
  if (pagesOnlyHere) return say('binding.code-only-here', values);
  return { ...say('binding.code', values), link: { label: say('binding.open-page'), path } };
}
