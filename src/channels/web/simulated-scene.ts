/** Who stands in the simulator and where they talk: a group, and each resident's private chat with the bot. */
import type { Community } from '../../model/community.ts';
import { webGroupAddress } from '../../model/web-group.ts';
import type { ChatKey } from './chat-hub.ts';
import type { SaidWords } from './said-words.ts';
import type { SimulatorWords } from './simulator-texts.ts';
import type { Spoken } from './speak.ts';

export interface Resident {
  /** Counted from 1, as it stands in links and forms. */
  readonly number: number;
  readonly name: string;
  readonly address: string;
}

/** One line each in the text. */
export function residentsOf(words: SimulatorWords): readonly Resident[] {
  return words('simulator.residents')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((name, index) => ({ number: index + 1, name, address: `simulated-${index + 1}` }));
}

export const PLACES = ['group', 'private'] as const;
export type Place = (typeof PLACES)[number];

export function keyOf({ id }: Community, place: Place, resident: Resident): ChatKey {
  return { communityId: id, chatAddress: place === 'group' ? webGroupAddress(id) : resident.address };
}

export interface SaidHere {
  readonly place: Place;
  readonly groupTitle: string;
  readonly resident: Resident;
  readonly words: SaidWords;
  /** The switch beside the field; typing the bot's name with an @ does the same. */
  readonly isMentioned: boolean;
}

/** `at` is the bot's name as it is called in a group. */
export function spokenHere(community: Community, at: string, said: SaidHere): Spoken {
  const { place, resident, words } = said;
  const isGroup = place === 'group';
  const isTyped = words.text.includes(at);
  const mentioned = isGroup && (said.isMentioned || isTyped);
  return {
    ...words,
    communityId: community.id,
    chat: isGroup
      ? { address: webGroupAddress(community.id), kind: 'group', title: said.groupTitle }
      : { address: resident.address, kind: 'direct' },
    sender: { address: resident.address, displayName: resident.name },
    text: mentioned && !isTyped ? `${at} ${words.text}` : words.text,
    mentioned,
  };
}
