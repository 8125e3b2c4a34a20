/** Every text of the simulator, with its variables; the rest it shares with the residents' page. */
import type { Say, TextCatalogue } from '../../model/text.ts';

export const SIMULATOR_TEXTS = {
  'simulator.title': ['community'],
  'simulator.note-sample': [],
  'simulator.note-real': [],
  'simulator.speakers': [],
  'simulator.residents': [],
  'simulator.residents-page': [],
  'simulator.group-title': ['group', 'count'],
  'simulator.group-name': ['community'],
  'simulator.private-title': ['resident'],
  'simulator.tab-group': [],
  'simulator.tab-private': [],
  'simulator.mention': [],
  'simulator.group-placeholder': [],
  'simulator.group-empty': [],
  'simulator.private-empty': [],
  'simulator.no-sample-title': [],
  'simulator.no-sample': [],
  'simulator.not-allowed-title': [],
  'simulator.not-allowed': [],
} as const satisfies TextCatalogue;

export type SimulatorWords = Say<typeof SIMULATOR_TEXTS, string>;
