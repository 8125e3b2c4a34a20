/** Somebody wants to go on in another place as the same person: they get a code to send there. */
import { CODE_GOOD_FOR_MS } from '../../model/binding.ts';
import type { Said } from '../../model/outgoing.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { dropUnusedCodes } from '../../store/binding-code-table.ts';
import type { BindingParts } from './binding-parts.ts';
import { say } from './binding-texts.ts';
import { makeCode } from './code-service.ts';

export async function askForCode(turn: Turn, { codes, joinPath }: BindingParts): Promise<Outcome> {
  const { tx, now, chat, person, community } = turn;
  if (chat.kind === 'group') return { messages: [{ to: 'here', said: say('binding.ask-in-private') }] };
  await dropUnusedCodes(tx, { personId: person.id });
  const wish = { communityId: community.id, purpose: 'person', personId: person.id, chatId: chat.id } as const;
  const { code } = await makeCode(tx, codes, wish, now);
  const path = joinPath(chat, code);
  const said: Said = say('binding.code', { code, minutes: CODE_GOOD_FOR_MS.person / 60_000 });
  const link = path === null ? {} : { link: { label: say('binding.open-page'), path } };
  return { messages: [{ to: 'here', said: { ...said, ...link } }] };
}
