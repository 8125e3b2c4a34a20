/** What a list is about, as forms carry it: `shift:01H…`, `pledges:…`. */
import type { TargetView } from '../../features/chains/chains-service.ts';
import { CHAIN_TARGET_KINDS, type ChainTarget } from '../../model/chain.ts';
import type { Choice } from '../form-fields.ts';
import type { Visit } from '../visit.ts';
import { targetWords } from './chain-words.ts';

/** That none of ours is meant. */
export const NONE_OF_OURS = 'none';

export function targetChoices(visit: Visit, targets: readonly TargetView[]): Choice[] {
  return targets.map((view) => ({ value: targetValue(view.target), label: targetWords(visit, view) }));
}

export function targetValue({ kind, id }: ChainTarget): string {
  return `${kind}:${id}`;
}

/** `null` for what is none. */
export function readTarget(value: string): ChainTarget | null {
  const at = value.indexOf(':');
  const kind = CHAIN_TARGET_KINDS.find((one) => one === value.slice(0, at));
  return kind === undefined || at < 0 ? null : { kind, id: value.slice(at + 1) };
}
