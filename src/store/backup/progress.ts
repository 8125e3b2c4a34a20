/** How far a long piece of work on the records is. */

export interface ProgressStep {
  readonly task: 'backup' | 'restore' | 'upgrade';
  /** Rows or pages, of `total`. */
  readonly done: number;
  readonly total: number;
}

export type Progress = (step: ProgressStep) => void;
