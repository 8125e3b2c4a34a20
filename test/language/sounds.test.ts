/** How characters sound, as a library of readings has it, and which words are heard behind a mistyped one. */
import fc from 'fast-check';
import { pinyin } from 'pinyin-pro';
import { expect, it } from 'vitest';
import { hearWords, putIn } from '../../src/language/sound-alike.ts';
import { compileSounds } from '../../src/language/sound-table.ts';
import { explain, understand } from '../../src/language/understand.ts';
import { buildVocabulary } from '../../src/language/vocabulary.ts';
import type { Utterance } from '../../src/model/understanding.ts';
import { readKnownThings, readLanguageTables, testVocabulary } from './language-tables.ts';

/** The characters of GB 2312, which is what people type: rows 16 to 87 of the code. */
function commonCharacters(): string[] {
  const decoder = new TextDecoder('gb18030');
  const codes = [];
  for (let high = 0xb0; high <= 0xf7; high += 1) {
    for (let low = 0xa1; low <= 0xfe; low += 1) codes.push(decoder.decode(new Uint8Array([high, low])));
  }
  return codes.filter((character) => /^\p{Script=Han}$/u.test(character));
}

function soundTable(): string {
  const characters = new Map<string, string>();
  const also = new Map<string, string>();
  for (const character of commonCharacters()) {
    const [usual = '', ...others] = new Set([
      pinyin(character, { toneType: 'none', v: true }),
      ...pinyin(character, { toneType: 'none', v: true, multiple: true, type: 'array' }),
    ]);
    characters.set(usual, (characters.get(usual) ?? '') + character);
    for (const other of others) also.set(other, (also.get(other) ?? '') + character);
  }
  const sounds = [...new Set([...characters.keys(), ...also.keys()])].sort();
  const rows = sounds.map((sound) => [sound, characters.get(sound) ?? '', also.get(sound) ?? ''].join(','));
  return `${['sound,characters,also', ...rows].join('\n')}\n`;
}

// `npx vitest run test/language/sounds -u` writes the table anew.
it('the table of sounds is what the library says, for every common character', async () => {
  await expect(soundTable()).toMatchFileSnapshot('../../data/language/sounds.csv');
});

const vocabulary = testVocabulary();
const AT = '2026-11-18T20:15:00+08:00';

function hear(text: string, more: Partial<Utterance> = {}): string {
  return explain({ text, chat: 'direct', mentioned: false, at: AT, open: null, ...more }, vocabulary).heard;
}

it.each([
  ['我家承喏光盘', '我家承诺光盘'],
  ['我们家呈诺垃吉分类', '我们家承诺垃圾分类'],
  ['我家愿意做到光盼行动', '我家愿意做到光盘行动'],
  ['承诺自代水杯', '承诺自带水杯'],
  ['承诺不用一次姓餐具', '承诺不用一次性餐具'],
  ['承诺刷牙关睡', '承诺刷牙关水'],
  ['明天的值树我报铭', '明天的植树我报名'],
  ['旧电词扔哪', '旧电池扔哪'],
  ['大骨偷扔哪', '大骨头扔哪'],
  ['用过的尿不师扔哪', '用过的尿不湿扔哪'],
  ['餐巾指扔哪', '餐巾纸扔哪'],
  ['今天打喀', '今天打卡'],
  ['取潇报名', '取消报名'],
  ['有什么省电小窍闷', '有什么省电小窍门'],
  ['你们存了我什么隐斯', '你们存了我什么隐私'],
])('hears a word behind a character that sounds like its own: %s', (typed, meant) => {
  expect(hear(typed)).toBe(meant);
});

it('hears n for l and sh for s, as many speak and dictate', () => {
  expect(hear('来个绿涩出行的小妙招')).toBe('来个绿色出行的小妙招');
  expect(hear('垃圾分泪怎么做')).toBe('垃圾分类怎么做');
});

it.each([
  '我去接水',
  '晚报明天送到',
  '老人要保明天的票',
  '一只箱子放楼下了',
  '超过其他小区',
  '这都导致了堵车',
  '针对肥胖的讲课',
  '相关等级',
  '节税的问题问谁',
  '志远来了吗',
  '元宵观灯去不去',
  '减速慢行',
  '下雨淋雨了',
  '敲门没人应',
  '是干垃圾还是湿垃圾',
  '水未停',
  '收到了吗',
])('leaves ordinary words as they are: %s', (text) => {
  expect(hear(text)).toBe(text);
});

it('takes nobody for a word: not a name that is told, asked for, or the title of what is open', () => {
  expect(hear('我叫程光判')).toBe('我叫程光判');
  expect(hear('我叫李抱名,报铭植树')).toBe('我叫李抱名,报名植树');
  expect(hear('抱名', { open: { kind: 'give-name' } })).toBe('抱名');
  expect(hear('参加金滩徒步', { activities: ['金滩徒步'] })).toBe('参加金滩徒步');
});

it('gives slots in the words that were meant', () => {
  const said = { text: '旧灯馆扔哪个桶', chat: 'direct', mentioned: false, at: AT, open: null } as const;
  expect(understand(said, vocabulary)).toEqual({ intent: 'waste.ask', slots: { item: '灯管' } });
});

it('puts in words as long as what they stand for, whatever is typed', () => {
  const words = fc.constantFrom(...'报明抱名节谁垃级光判承诺的水啊，3a 打咔志远');
  fc.assert(
    fc.property(fc.array(words, { maxLength: 60 }), (letters) => {
      const text = letters.join('');
      const found = hearWords(text, vocabulary.sounds);
      expect(putIn(text, found)).toHaveLength(text.length);
      for (const { start, end, meant } of found) expect(meant).toHaveLength(end - start);
      const ends = found.map(({ end }) => end);
      expect(found.slice(1).every(({ start }, at) => start >= (ends[at] ?? 0))).toBe(true);
    }),
  );
});

it('a word that is added to the tables is heard by its sound too', () => {
  const { wasteNames, ...known } = readKnownThings();
  const more = buildVocabulary(readLanguageTables(), { ...known, wasteNames: [...wasteNames, '扫地机器'] });
  expect(hearWords('扫地基器', more.sounds)).toEqual([{ start: 0, end: 4, meant: '扫地机器' }]);
});

it('refuses a class of sounds that is neither front nor end of one, by its line', () => {
  const tables = readLanguageTables();
  const classes = [...(tables['sound-classes'] ?? []), { part: 'middle', typed: 'u', meant: '' }];
  expect(() => compileSounds({ ...tables, 'sound-classes': classes }, [])).toThrow('unknown part middle');
});
