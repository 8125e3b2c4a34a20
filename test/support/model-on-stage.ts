/** A model on loopback behind the bot of the stage: real HTTP, the real hiding and the real contract. */
import type { Content } from '../../src/content/content.ts';
import { vocabularyOf } from '../../src/joints/reader.ts';
import { createSecondReader } from '../../src/joints/second-reader.ts';
import type { Vocabulary } from '../../src/language/vocabulary.ts';
import { createModelLine, type ModelLine } from '../../src/llm/model-line.ts';
import { createOpenAiServer } from '../../src/llm/openai-server.ts';
import type { DailyReadings, SecondReader } from '../../src/runtime/second-reader.ts';
import { type LlmServer, MODEL_KEY, MODEL_NAME, startLlmServer } from './llm-server.ts';

export interface ModelOnStage {
  readonly server: LlmServer;
  readonly line: ModelLine;
  readonly second: (content: Content) => SecondReader;
  /** What was counted, as `name what`. */
  readonly counted: string[];
  close(): Promise<void>;
}

export interface ModelWish {
  readonly aDay?: Partial<DailyReadings>;
  /** Patient unless a test is about patience: CI is slow. */
  readonly withinMs?: number;
}

const PLENTY = { ofPerson: 100, ofGroup: 100, ofCommunity: 100 };

export async function putModelOnStage({ aDay = {}, withinMs = 30_000 }: ModelWish = {}): Promise<ModelOnStage> {
  const server = await startLlmServer();
  const counted: string[] = [];
  const metrics = {
    count: (name: string, labels: Readonly<Record<string, string>> = {}) => void counted.push(`${name} ${labels.what}`),
    gauge: () => {},
  };
  const line = createModelLine({ metrics, steadyNow: () => performance.now(), log: { warn: () => {} } });
  line.put(createOpenAiServer({ baseUrl: server.baseUrl, apiKey: MODEL_KEY, model: MODEL_NAME, withinMs }));
  return {
    server,
    line,
    counted,
    second: (content) =>
      createSecondReader({
        line,
        content: () => content,
        vocabulary: () => vocabularyFor(content),
        aDay: { ...PLENTY, ...aDay },
        metrics,
      }),
    close: async () => {
      await server.close();
      await line.close();
    },
  };
}

const vocabularies = new WeakMap<Content, Vocabulary>();

function vocabularyFor(content: Content): Vocabulary {
  const known = vocabularies.get(content) ?? vocabularyOf(content);
  vocabularies.set(content, known);
  return known;
}
