/** What the site may set for the machine it runs on; joined in app.ts, kept in settings.json. */

export const MACHINE_FIELDS = ['publicUrl', 'host', 'port'] as const;
export type MachineField = (typeof MACHINE_FIELDS)[number];

export interface MachineSetting {
  /** What stands in the file: holds from the next start on. Empty: as usual. */
  readonly saved: string;
  /** What this process was started with. */
  readonly running: string;
  /** What holds where nothing is set; empty: worked out. */
  readonly usual: string;
  /** The variable that fixes it from outside; `null`: it can be set here. */
  readonly fixedBy: string | null;
}

export type MachineValues = Readonly<Record<MachineField, string>>;

export interface MachineDesk {
  /** `null`: the file cannot be read; `file` says which. */
  read(): Promise<Readonly<Record<MachineField, MachineSetting>> | null>;
  /** The fields that do not fit; where there is one, nothing was saved. What is fixed from outside stays as it is. */
  save(values: MachineValues): Promise<readonly MachineField[]>;
  readonly file: string;
  /** What links that are made from now on begin with. */
  publicUrl(): string;
  /** Where others in the same network would find this machine, were it open to them. */
  nearbyUrls(): readonly string[];
}
