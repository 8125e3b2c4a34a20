/** People, chats and households, as their tables hold them; what columns mean in general stands in schema.ts. */
import type { ChannelName } from '../../model/channel-name.ts';
import type { ChatKind } from '../../model/inbound.ts';
import type { ChatState } from '../../model/records.ts';

export interface ChatRow {
  id: string;
  community_id: string;
  channel: ChannelName;
  account: string;
  address: string;
  kind: ChatKind;
  title: string | null;
  area_id: string | null;
  person_id: string | null;
  state: ChatState;
  unasked_stopped_at: number | null;
  created_at: number;
}

export interface PersonRow {
  id: string;
  community_id: string;
  name_sealed: string | null;
  phone_sealed: string | null;
  phone_hash: string | null;
  consented_at: number | null;
  consent_version: string | null;
  created_at: number;
}

export interface PersonAddressRow {
  channel: ChannelName;
  account: string;
  address: string;
  /** The person's. */
  community_id: string;
  person_id: string;
}

export interface HouseholdRow {
  id: string;
  community_id: string;
  area_id: string | null;
  building: string;
  door_sealed: string;
  door_hash: string;
  people: number | null;
  created_at: number;
}

export interface HouseholdMemberRow {
  person_id: string;
  household_id: string;
  joined_at: number;
}
