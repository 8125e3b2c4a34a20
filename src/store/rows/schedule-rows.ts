/** Schedules and leases, as their tables hold them; what columns mean in general stands in schema.ts. */

export interface ScheduleRow {
  id: string;
  community_id: string;
  kind: string;
  cron: string;
  zone: string;
  policy: 'skip' | 'latest' | 'all';
  max_late_ms: number;
  enabled: number;
  last_slot: number;
}

export interface ScheduleSlotRow {
  schedule_id: string;
  slot: number;
  claimed_at: number;
  owner: string;
}

export interface LeaseRow {
  name: string;
  owner: string;
  fence: number;
  expires_at: number;
}
