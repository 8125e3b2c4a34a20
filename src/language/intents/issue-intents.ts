/** Something is wrong in the neighbourhood. */
import { ISSUE_KINDS, type IssueKind } from '../../model/understanding.ts';
import { type IntentReader, reasons } from '../evidence.ts';
import { readSpot } from '../place-slot.ts';
import { hears, type Reading } from '../reading.ts';

// Words of the nuisance that is told in the most of them; 垃圾桶 alone is no nuisance, 狗在花坛里拉屎 is.
const AT_LENGTH = 6;

export const ISSUE_INTENTS: readonly IntentReader[] = [
  {
    intent: 'issue.report',
    weigh: (reading) => {
      const told = toldMost(reading);
      const about = told?.kind;
      const reports = hears(reading, 'report');
      const complains = hears(reading, 'complaint');
      if (about === undefined && !reports && !complains) return [];
      return reasons(
        [about !== undefined, 2, 'names a nuisance'],
        [told !== undefined && told.weight >= AT_LENGTH, 1, 'tells it at length'],
        [reports, 2, 'reports it'],
        [complains, 1, 'complains'],
        [placeOf(reading) !== undefined, 1, 'says where'],
        [about !== undefined && hears(reading, 'what-now'), 1, 'asks what is to be done'],
        [hears(reading, 'waste-ask'), -5, 'asks which bin'],
        [hears(reading, 'pledge', 'join-plainly', 'check-in'), -3, 'speaks of something else'],
        [hears(reading, 'publish-notice', 'publish-activity'), -6, 'a worker publishes'],
      );
    },
    slots: (reading) => {
      const place = placeOf(reading);
      const about = toldMost(reading)?.kind ?? 'other';
      return place === undefined ? { about } : { about, place };
    },
  },
];

function placeOf(reading: Reading): string | undefined {
  return readSpot(reading.text, reading.said, reading.vocabulary.place)?.place;
}

/** The nuisance named in the most words; a dumped sofa that blocks the parking is litter if litter is told at length. */
function toldMost(reading: Reading): { kind: IssueKind; weight: number } | undefined {
  const weights = new Map<string, number>();
  for (const hit of reading.hits.get('issue') ?? []) weights.set(hit.value, (weights.get(hit.value) ?? 0) + hit.weight);
  const [best] = [...weights].sort((a, b) => b[1] - a[1]);
  const kind = ISSUE_KINDS.find((known) => known === best?.[0]);
  return kind === undefined || best === undefined ? undefined : { kind, weight: best[1] };
}
