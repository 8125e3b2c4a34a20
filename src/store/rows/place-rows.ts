/** Communities, areas, their counts and own rules, as their tables hold them; what columns mean in general stands in schema.ts. */
import type { OwnWordKind } from '../../model/own-word.ts';
import type { AreaKind } from '../../model/records.ts';
import type { WasteClass } from '../../model/waste-item.ts';

export interface CommunityRow {
  id: string;
  name: string;
  plan: string;
  locale: string;
  is_sample: number;
  settings: string;
  wrapped_key: string;
  created_at: number;
}

export interface AreaRow {
  id: string;
  community_id: string;
  parent_id: string | null;
  kind: AreaKind;
  name: string;
  household_count: number | null;
  count_source: string | null;
  counted_on: string | null;
}

export interface CounterRow {
  community_id: string;
  area_id: string;
  name: string;
  value: number;
}

export interface WasteRuleRow {
  community_id: string;
  name_key: string;
  name: string;
  class: WasteClass;
  note: string;
  staff_id: string | null;
  created_at: number;
}

export interface OwnWordRow {
  id: string;
  community_id: string;
  kind: OwnWordKind;
  said: string;
  heard: string;
  meaning: string;
  meant: string;
  staff_id: string | null;
  created_at: number;
}
