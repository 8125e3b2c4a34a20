/** One resident at one community's page: what every door of it needs to know. */
import type { Community } from '../../model/community.ts';
import type { ResidentsWords } from './residents-page-texts.ts';
import type { SaidWords } from './said-words.ts';
import type { Spoken } from './speak.ts';
import type { KnownArea } from './web-parts.ts';

export interface ResidentsEnv {
  Variables: { community: Community; words: ResidentsWords };
}

/** A visitor's private chat bears their own address, and belongs to the building whose entrance they came in by. */
export function privately(community: Community, address: string, said: SaidWords, door: KnownArea | null): Spoken {
  return {
    ...said,
    communityId: community.id,
    chat: { address, kind: 'direct', ...(door === null ? {} : { areaId: door.id }) },
    sender: { address },
    mentioned: false,
  };
}
