/** The bot's name, as WeCom leaves it in what was said. */
import { expect, test } from 'vitest';
import { withoutMention } from '../../../src/channels/wecom/mention.ts';

test.each([
  ['@绿邻 报名', '绿邻', '报名'],
  ['@绿邻\u2005报名', '绿邻', '报名'],
  ['报名 @绿邻', '绿邻', '报名'],
  ['报名@绿邻，周六', '绿邻', '报名，周六'],
  ['@绿邻 助手 报名', '绿邻 助手', '报名'],
  ['@绿邻', '绿邻', ''],
  ['@绿邻 @王叔 也来', '绿邻', '@王叔 也来'],
  // A longer name that begins the same way, and a name that was changed since.
  ['@绿邻二号 报名', '绿邻', '报名'],
  ['@新名字 报名', '绿邻', '报名'],
  ['@绿邻 报名', null, '报名'],
  ['@绿(邻*) 报名', '绿(邻*)', '报名'],
  ['报名', '绿邻', '报名'],
])('%j to %j is %j', (text, name, words) => {
  expect(withoutMention(text, name)).toBe(words);
});
