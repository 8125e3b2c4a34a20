/** Lets the committee's site set, try and switch off the language model while the bot runs. */
import type { AccountSetting } from '../admin/channel-desk.ts';
import {
  MODEL_FIELDS,
  type ModelDesk,
  type ModelField,
  type ModelOutcome,
  type ModelSettings,
  type ModelValues,
} from '../admin/model-desk.ts';
import { type Config, fitsKey, type LlmConfig } from '../config.ts';
import type { Content } from '../content/content.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import type { Clock } from '../lib/clock.ts';
import type { ModelLine } from '../llm/model-line.ts';
import type { SettingName } from '../setting-list.ts';
import type { Saved, SettingsFile } from '../settings-file.ts';
import { modelAt, tryModel } from './asked-model.ts';
import { changeForGood, fixedBy, readOrNull } from './settings-keeping.ts';

export interface ModelDeskParts {
  readonly line: ModelLine;
  readonly file: SettingsFile;
  readonly content: () => Content;
  readonly vocabulary: () => Vocabulary;
  readonly clock: Clock;
}

const VARIABLES = {
  llmBaseUrl: 'LLM_BASE_URL',
  llmApiKey: 'LLM_API_KEY',
  llmModel: 'LLM_MODEL',
} as const satisfies Record<ModelField, SettingName>;

export function modelDesk(config: Config, parts: ModelDeskParts): ModelDesk {
  const { line, file, content, vocabulary } = parts;
  let asked = config.llm;
  let last: Promise<unknown> = Promise.resolve();

  function put(llm: LlmConfig | null): void {
    asked = llm;
    line.put(llm === null ? null : modelAt(llm));
  }

  /** Two who set it at once would keep one and ask the other. */
  function inTurn<R>(work: () => Promise<R>): Promise<R> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  return {
    file: config.settingsFile,
    aDay: config.llmADay,
    standing: () => line.standing(),
    read: async () => {
      const saved = await readOrNull(file);
      return saved === null ? null : settingsOf(config, saved);
    },
    connect: (values) => inTurn(() => connect(config, parts, values, put)),
    forget: () =>
      inTurn(async () => {
        await changeForGood(file, Object.fromEntries(MODEL_FIELDS.map((field) => [field, null])));
        put(null);
      }),
    tryOut: async (text, now) => {
      if (asked === null) return null;
      const model = modelAt(asked);
      const { sent, found, meant } = await tryModel(model, text, { content: content(), vocabulary: vocabulary(), now });
      await model.close();
      return { sent, found, isUnderstood: meant !== null && meant.intent !== 'none' };
    },
  };
}

async function connect(
  config: Config,
  { file, content, vocabulary, clock }: ModelDeskParts,
  values: ModelValues,
  put: (llm: LlmConfig) => void,
): Promise<ModelOutcome> {
  const wrong = MODEL_FIELDS.filter((field) => !fitsKey(field, values[field] ?? ''));
  if (wrong.length > 0) return { is: 'wrong', fields: wrong };
  const saved = await readOrNull(file);
  if (saved === null) return { is: 'unreadable' };
  const changes = Object.fromEntries(
    MODEL_FIELDS.flatMap((field) => {
      const value = values[field];
      return value === undefined || fixedBy(config, VARIABLES[field]) !== null ? [] : [[field, value || null] as const];
    }),
  );
  const then = config.llmIf({ ...saved, ...changes });
  if (then === null) return { is: 'wrong', fields: missingIn({ ...saved, ...changes }) };
  const model = modelAt(then);
  // Whatever it makes of the name of a thing, it has to say so in the agreed form.
  const sample = content().wasteGuide.items[0]?.name ?? '';
  const { found } = await tryModel(model, sample, { content: content(), vocabulary: vocabulary(), now: clock.now() });
  await model.close();
  if (found !== null) return { is: 'refused', found };
  await file.change(changes);
  put(then);
  return { is: 'connected' };
}

function missingIn(saved: Readonly<Record<string, unknown>>): ModelField[] {
  return (['llmBaseUrl', 'llmModel'] as const).filter((field) => (saved[field] ?? '') === '');
}

function settingsOf(config: Config, saved: Saved): ModelSettings {
  const setting = (field: ModelField): AccountSetting => {
    const fixed = fixedBy(config, VARIABLES[field]);
    const value = String(saved[field] ?? '');
    const given = config.given.find(({ name }) => name === VARIABLES[field]);
    const shown = fixed === null ? value : (given?.shown ?? '');
    return { isSet: fixed !== null || value !== '', shown: field === 'llmApiKey' ? '' : shown, fixedBy: fixed };
  };
  return { llmBaseUrl: setting('llmBaseUrl'), llmApiKey: setting('llmApiKey'), llmModel: setting('llmModel') };
}
