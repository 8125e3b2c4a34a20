/** How long it takes to read one message: every case of the exam, each many times. */
import { readFileSync } from 'node:fs';
import { createReader } from '../src/joints/reader.ts';
import { Utterance } from '../src/model/understanding.ts';
import { atMost, type Finding, told } from './figure.ts';
import { median, percentile } from './statistics.ts';
import { readContent } from './street.ts';

const CASES = new URL('../test/language/cases.jsonl', import.meta.url);
const WARM_UP = 10;
const ROUNDS = 9;

export async function measure(): Promise<Finding> {
  const content = await readContent();
  const understand = createReader(() => content);
  const lines = readFileSync(CASES, 'utf8').split('\n').filter(Boolean);
  const cases = lines.map((line) => Utterance.parse(JSON.parse(line)));
  for (let round = 0; round < WARM_UP; round += 1) for (const utterance of cases) understand(utterance);
  const perCase: number[][] = cases.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, utterance] of cases.entries()) {
      const from = performance.now();
      understand(utterance);
      perCase[index]?.push((performance.now() - from) * 1_000);
    }
  }
  const times = perCase.map(median);
  return {
    figures: [
      atMost('understand one message, median', median(times), 'µs', 100),
      told('understand one message, p99', percentile(times, 99), 'µs'),
    ],
    notes: [`${cases.length} messages of test/language, each the median of ${ROUNDS} after ${WARM_UP} to warm up`],
  };
}
