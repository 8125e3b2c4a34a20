/** Chains, as their tables hold them; what columns mean in general stands in schema.ts. */
import type {
  ChainDoubtKind,
  ChainEntryState,
  ChainOffBy,
  ChainRefusal,
  ChainState,
  ChainTargetKind,
  ChainTold,
} from '../../model/chain.ts';

export interface ChainRow {
  id: string;
  community_id: string;
  chat_id: string | null;
  native_key: string | null;
  initiator_key: string | null;
  theme_key: string;
  theme_sealed: string;
  state: ChainState;
  target_kind: ChainTargetKind | null;
  target_id: string | null;
  declared: number | null;
  started_at: number;
  heard_at: number;
  told: ChainTold;
}

export interface ChainEntryRow {
  id: string;
  chain_id: string;
  community_id: string;
  position: number;
  line_sealed: string | null;
  line_key: string;
  former_keys: string;
  author_key: string | null;
  person_id: string | null;
  written_at: number;
  line_at: number;
  relayed: number;
  state: ChainEntryState;
  state_at: number;
  off_by: ChainOffBy | null;
  record_id: string | null;
  record_was_there: number;
  refused: ChainRefusal | null;
}

export interface ChainDoubtRow {
  id: string;
  community_id: string;
  chain_id: string;
  entry_id: string | null;
  other_entry_id: string | null;
  kind: ChainDoubtKind;
  doubt_key: string;
  number: number | null;
  raised_at: number;
  answered_at: number | null;
  staff_id: string | null;
}
