/** What can be set for the language model that is asked about what nobody understands. Without it none is asked. */
import { z } from 'zod';
import type { Setting } from './setting.ts';

const HttpUrl = z.url({ protocol: /^https?$/ });
const Number0To9999 = z.string().regex(/^\d{1,4}$/);

export const LLM_SETTINGS = [
  {
    name: 'LLM_BASE_URL',
    schema: HttpUrl,
    byDefault: null,
    example: 'http://127.0.0.1:11434/v1',
    about: 'setting.llm-base-url',
    inFile: 'llmBaseUrl',
  },
  {
    name: 'LLM_API_KEY',
    schema: z.string().regex(/^\S{1,512}$/),
    byDefault: null,
    example: '…',
    about: 'setting.llm-api-key',
    inFile: 'llmApiKey',
  },
  {
    name: 'LLM_MODEL',
    schema: z.string().regex(/^\S{1,128}$/),
    byDefault: null,
    example: 'qwen3:8b',
    about: 'setting.llm-model',
    inFile: 'llmModel',
  },
  // Who is not understood twenty times a day talks to a person better; the others keep the bill within what was meant.
  {
    name: 'LLM_A_DAY_PERSON',
    schema: Number0To9999,
    byDefault: '20',
    example: '40',
    about: 'setting.llm-a-day-person',
    inFile: null,
  },
  {
    name: 'LLM_A_DAY_GROUP',
    schema: Number0To9999,
    byDefault: '60',
    example: '100',
    about: 'setting.llm-a-day-group',
    inFile: null,
  },
  {
    name: 'LLM_A_DAY_COMMUNITY',
    schema: Number0To9999,
    byDefault: '500',
    example: '1000',
    about: 'setting.llm-a-day-community',
    inFile: null,
  },
] as const satisfies readonly Setting[];
