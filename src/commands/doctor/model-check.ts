/** Is the language model of use, where one is set? It is asked one sentence that leads to nobody. */
import type { Config, LlmConfig } from '../../config.ts';
import type { Content } from '../../content/content.ts';
import { modelAt, type Tried, tryModel } from '../../joints/asked-model.ts';
import { vocabularyOf } from '../../joints/reader.ts';
import { ANSWERS_WITHIN_MS } from '../../llm/openai-server.ts';
import type { Saying } from '../../model/text.ts';
import type { SettingName } from '../../setting-list.ts';
import { say } from '../command-texts.ts';
import { type Finding, type FindingState, finding } from './finding.ts';

const CHECK = 'model';
const NEEDED = ['LLM_BASE_URL', 'LLM_MODEL'] as const satisfies readonly SettingName[];

/** `content`: `null` where it is broken; that is told already, and nothing is asked with half of it. */
export async function checkModel(
  { llm, given }: Pick<Config, 'llm' | 'given'>,
  content: Content | null,
  now: Date,
): Promise<Finding[]> {
  if (llm !== null) return content === null ? [] : [await tried(llm, content, now)];
  const isSet = (name: SettingName) => given.some((one) => one.name === name && one.origin !== 'default');
  const missing = NEEDED.filter((name) => !isSet(name));
  if (missing.length === NEEDED.length) return [];
  return [finding(CHECK, 'bad', say('doctor.model-half', { missing: missing.join(' ') }))];
}

async function tried(llm: LlmConfig, content: Content, now: Date): Promise<Finding> {
  const model = modelAt(llm);
  const sample = content.wasteGuide.items[0]?.name ?? '';
  const result = await tryModel(model, sample, { content, vocabulary: vocabularyOf(content), now });
  await model.close();
  return finding(CHECK, stateOf(result.found), told(llm, result));
}

/** What is away comes back; what is set wrong does not mend itself. */
function stateOf(found: Tried['found']): FindingState {
  if (found === null) return 'good';
  return found === 'unreachable' || found === 'too-slow' || found === 'busy' || found === 'failed' ? 'warning' : 'bad';
}

function told({ baseUrl: url, model }: LlmConfig, { found, tookMs }: Tried): Saying {
  switch (found) {
    case null:
      return say('doctor.model-well', { model, seconds: seconds(tookMs) });
    case 'not-equipped':
      return say('doctor.model-no-instructions');
    case 'off-contract':
      return say('doctor.model-off-contract', { model });
    case 'too-slow':
      return say('doctor.model-too-slow', { url, seconds: seconds(ANSWERS_WITHIN_MS) });
    case 'no-such-model':
      return say('doctor.model-no-such-model', { url, model });
    default:
      return say(`doctor.model-${found}`, { url });
  }
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
