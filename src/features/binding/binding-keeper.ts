/** What is bound to a person, and how it is let go of when they want their data gone. */
import type { Person } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import type { RenderText, Saying } from '../../model/text.ts';
import type { Effects } from '../../runtime/feature.ts';
import { deleteCodesOfPerson } from '../../store/binding-code-table.ts';
import { forgetFormerIds, listChannelsOf } from '../../store/person-join-table.ts';
import { unbindChatsOfPerson } from '../../store/staff-chat-table.ts';
import type { Transaction } from '../../store/store.ts';
import { say } from './binding-texts.ts';
import { channelName } from './channel-name.ts';

/** To be handed to the privacy feature. */
export function createBindingKeeper({ render }: { readonly render: RenderText }) {
  return {
    feature: 'binding',
    describe: (tx: Transaction, person: Person, community: Community) => describe(tx, render, person, community),
    erase: eraseBindings,
  };
}

export async function eraseBindings(tx: Transaction, { id }: Person): Promise<Effects> {
  await deleteCodesOfPerson(tx, id);
  await unbindChatsOfPerson(tx, id);
  await forgetFormerIds(tx, id);
  return { messages: [] };
}

/** Only worth a line where there is more than the chat one is asking in. */
async function describe(
  tx: Transaction,
  render: RenderText,
  { id }: Person,
  { locale }: Community,
): Promise<readonly Saying[]> {
  const channels = await listChannelsOf(tx, id);
  if (channels.length < 2) return [];
  const words = ({ key, variables }: Saying) => render(locale, key, variables, '');
  const row = channels
    .map((channel) => words(channelName(channel)))
    .reduce((before, next) => {
      return words(say('binding.row', { row: before, next }));
    });
  return [say('binding.kept-chats', { channels: row })];
}
