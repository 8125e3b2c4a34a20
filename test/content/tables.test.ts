import { describe, expect, test } from 'vitest';
import { readCalendarTables } from '../../src/content/calendar-table.ts';
import { readHabitCategoryTable, readHabitTable } from '../../src/content/habit-table.ts';
import { readGridFactorTable, readRegionTable } from '../../src/content/region-table.ts';
import { readReferences, readSourceTable } from '../../src/content/source-table.ts';
import { readTipTable } from '../../src/content/tip-table.ts';
import {
  overrideWasteItems,
  readWasteClassNameTable,
  readWasteGuideTable,
} from '../../src/content/waste-guide-table.ts';
import type { ContentFault } from '../../src/model/content-fault.ts';
import type { WasteClassName } from '../../src/model/waste-item.ts';

/** Reads with a fresh list of faults and returns both. */
function reading<T>(read: (faults: ContentFault[]) => T) {
  const faults: ContentFault[] = [];
  return { value: read(faults), faults };
}

const HABITS =
  'id,category,title_zh,desc_zh,title_en,season,frequency,check,saving_status,saving_text,saving_per,saving_kwh,' +
  'saving_co2_kg,saving_water_l,saving_other,co2_from_power,saving_sources,source,note,checked_on\n';

describe('the table of habits', () => {
  const read = (rows: string) =>
    reading((faults) => readHabitTable('data/habits.csv', HABITS + rows, new Set(['hb2007', 'mee2023']), faults));

  test('gives a habit with its figure, and one that may show none', () => {
    const { value, faults } = read(
      'led,save-power,换LED,换灯,LEDs,all,once,self-report,likely,约4.9度,每年,4.9,,,,yes,hb2007,mee2023§2、hb2007,,2026/11/5\n' +
        'tap,save-water,关水,关上,Tap,all,daily,self-report,none,,,,,,,,,mee2023,,2026-11-20\n',
    );
    expect(faults).toEqual([]);
    expect(value).toMatchObject([
      {
        id: 'led',
        saving: { status: 'likely', text: '约4.9度', kwh: 4.9, co2FromPower: true, sources: ['hb2007'] },
        references: [{ source: 'mee2023', section: '2' }, { source: 'hb2007' }],
        checkedOn: '2026-11-05',
      },
      { id: 'tap', saving: null },
    ]);
  });

  test('says everything that is wrong at once, with line and column', () => {
    const { faults } = read(
      'LED,power,,换灯,LEDs,all,once,self-report,none,约4.9度,,4.9,,,,maybe,,mee2023,,20.11.2026\n' +
        'a,save-power,甲,乙,A,all,once,self-report,none,约4.9度,,4.9,,,,,,mee2023,,2026-11-20\n' +
        'b,save-power,甲,乙,B,all,once,self-report,likely,,,x,,,,,,mee2023,,2026-11-20\n' +
        'c,save-power,甲,乙,C,all,once,self-report,likely,,,1,,,,,,nobody,,2026-02-30\n' +
        'a,save-power,甲,乙,C,all,once,self-report,likely,,,1,,,,,,nobody,,2026-02-20\n' +
        'd,save-power,甲,乙,D,all,once,self-report,likely,,,1,,,,,,nobody,,2026-02-20\n',
    );
    const places = faults.map(({ line, column, code }) => `${line} ${column} ${code}`).toSorted();
    expect(places).toEqual(
      [
        '2 id bad-format',
        '2 category not-one-of',
        '2 title_zh empty',
        '2 co2_from_power not-one-of',
        '2 checked_on not-a-date',
        '3 saving_text figure-not-allowed',
        '3 saving_kwh figure-not-allowed',
        '4 saving_kwh not-a-number',
        '5 checked_on not-a-date',
        '6 id duplicate',
        '7 source unknown-reference',
        '7 saving_text empty',
        '7 saving_sources figure-without-source',
      ].toSorted(),
    );
    expect(faults.find(({ code }) => code === 'duplicate')?.detail).toEqual({ value: 'a', firstLine: 3 });
  });

  test('names a category that has no name', () => {
    const { value, faults } = reading((list) =>
      readHabitCategoryTable('data/habit-categories.csv', 'id,name,name_en\nlearn,学习宣传,Learning\n', list),
    );
    expect(value).toEqual([{ id: 'learn', name: '学习宣传', nameEn: 'Learning' }]);
    expect(faults).toHaveLength(10);
    expect(faults[0]).toMatchObject({ column: 'id', detail: { value: 'save-power' } });
  });
});

const CLASS_NAMES: WasteClassName[] = [
  { scheme: 'national', schemeName: '全国', class: 'kitchen', name: '厨余垃圾', nameEn: 'Food', bin: '绿' },
  { scheme: 'shanghai', schemeName: '上海', class: 'kitchen', name: '湿垃圾', nameEn: 'Food', bin: '' },
  { scheme: 'national', schemeName: '全国', class: 'other', name: '其他垃圾', nameEn: 'Residual', bin: '灰' },
];
const WASTE = 'id,name,aliases,class,note,depends,tricky,varies_locally,status,source,checked_on\n';

describe('the waste guide', () => {
  const read = (rows: string) =>
    reading((faults) => readWasteGuideTable('data/waste-guide.csv', WASTE + rows, CLASS_NAMES, faults));

  test('takes a class by its id or by any city’s name for it', () => {
    const { value, faults } = read(
      'w1,剩饭,米饭|面条、馒头,湿垃圾,沥干,,yes,no,sure,own,2026-11-20\n' +
        'w2,外卖,,other,,食物：厨余垃圾；盒子=其他垃圾,no,yes,likely,own,2026-11-20\n',
    );
    expect(faults).toEqual([]);
    expect(value).toMatchObject([
      { name: '剩饭', aliases: ['米饭', '面条', '馒头'], class: 'kitchen', tricky: true, depends: [] },
      {
        class: 'other',
        variesLocally: true,
        depends: [
          { when: '食物', class: 'kitchen' },
          { when: '盒子', class: 'other' },
        ],
      },
    ]);
  });

  test('names the line and column of a class nobody knows, and of a name two items share', () => {
    const { faults } = read(
      'w1,剩饭,米饭,湿,,,,,sure,own,2026-11-20\n' +
        'w2,面条,粉条,other,,干：湿,,,sure,own,2026-11-20\n' +
        'w3,粉条,面,other,,,,,sure,own,2026-11-20\nw4,粉,面,other,,,,,sure,own,2026-11-20\n',
    );
    expect(faults).toEqual([
      {
        file: 'data/waste-guide.csv',
        line: 2,
        column: 'class',
        code: 'not-one-of',
        detail: { value: '湿', allowed: '厨余垃圾, 湿垃圾, 其他垃圾' },
      },
      expect.objectContaining({ line: 3, column: 'depends', code: 'not-one-of' }),
      expect.objectContaining({ line: 5, column: 'aliases', code: 'duplicate', detail: { value: '面', firstLine: 4 } }),
    ]);
  });

  test('lets the community’s own rows win by name and keeps the other words for the same thing', () => {
    const base = read(
      'w1,牛奶盒,利乐包、纸盒奶,other,,,,,sure,own,2026-11-20\nw2,骨头,大骨,other,,,,,sure,own,2026-11-20\n',
    ).value;
    const own = read(
      'o1,牛奶盒,,kitchen,我们这儿,,,,sure,own,2026-11-20\no2,大骨,利乐包,kitchen,,,,,sure,own,2026-11-20\n',
    ).value;
    const merged = overrideWasteItems(base, own);
    expect(merged.map(({ id, name, aliases }) => ({ id, name, aliases }))).toEqual([
      { id: 'o1', name: '牛奶盒', aliases: ['纸盒奶'] },
      { id: 'o2', name: '大骨', aliases: ['利乐包'] },
      { id: 'w2', name: '骨头', aliases: [] },
    ]);
  });

  test('needs a name for every class in every city', () => {
    const table = 'id,scheme,scheme_name,class,name,name_en,bin\nn1,national,全国,kitchen,厨余垃圾,Food,绿\n';
    const { faults } = reading((list) => readWasteClassNameTable('data/waste-class-names.csv', table, list));
    expect(faults.map(({ detail }) => detail.value)).toEqual([
      'national recyclable',
      'national hazardous',
      'national other',
      'national special',
    ]);
  });
});

const EVENTS =
  'id,name,name_en,rule,month,day,to_month,to_day,weekday,not_easter_eve,week_start,relative_to,offset_days,time,' +
  'regions,categories,status,note,source,checked_on\n';
const YEARS = 'id,event_id,year,region,from,to,theme,source,checked_on\n';
const REGIONS = [
  { id: 'xinjiang', name: '新疆', fullName: '新疆维吾尔自治区' },
  { id: 'shanxi', name: '山西', fullName: '山西省' },
];

describe('the calendar', () => {
  const tail = (regions = '', categories = 'learn') => `,${regions},${categories},sure,,x,2026-11-20\n`;
  const read = (events: string, years = '') =>
    reading((faults) =>
      readCalendarTables(
        { file: 'data/calendar.csv', text: EVENTS + events },
        { file: 'data/calendar-years.csv', text: YEARS + years },
        REGIONS,
        faults,
      ),
    );

  test('reads rules, regions by any of their names, and what is known of a year', () => {
    const { value, faults } = read(
      `rel,后,R,relative,,,,,,,,ann,2,${tail()}ann,前,A,announced,,,,,,,,,,${tail('山西|新疆维吾尔自治区')}`,
      'ann-2025,ann,2025,山西,2025/6/1,2025/6/7,主题,x,2026-11-20\nann-2026,ann,2026,,,,只有主题,x,2026-11-20\n',
    );
    expect(faults).toEqual([]);
    expect(value.map(({ id, rule }) => [id, rule.type])).toEqual([
      ['rel', 'relative'],
      ['ann', 'announced'],
    ]);
    expect(value[0]?.rule).toMatchObject({ to: { id: 'ann' }, offsetDays: 2 });
    expect(value[1]).toMatchObject({
      regions: ['shanxi', 'xinjiang'],
      years: [
        { year: 2025, region: 'shanxi', days: { from: '2025-06-01', to: '2025-06-07' }, theme: '主题' },
        { year: 2026, theme: '只有主题' },
      ],
    });
  });

  test('names the cell each rule lacks, days that do not exist and references that lead nowhere', () => {
    const { faults } = read(
      `a,甲,A,fixed,3,,,,,,,,,${tail()}b,乙,B,fixed,2,30,,,,,,,,${tail()}c,丙,C,last-weekday,13,,,,saturday,,,,,${tail()}` +
        `d,丁,D,relative,,,,,,,,zzz,2,${tail()}e,戊,E,announced,,,,,,,,,,${tail('火星')}f,己,F,someday,,,,,,,,,,${tail()}` +
        `g,庚,G,range,9,30,9,1,,,,,,${tail('', 'learn、wisdom')}`,
      'x,nothing,2025,,,,,x,2026-11-20\ny,e,,,2025-06-07,2025-06-01,,x,2026-11-20\nz,e,2025,,2025-06-07,2025-06-01,,x,2026-11-20\n',
    );
    expect(faults.map(({ file, line, column, code }) => `${file} ${line} ${column} ${code}`).toSorted()).toEqual(
      [
        'data/calendar.csv 2 day empty',
        'data/calendar.csv 3 day not-a-date',
        'data/calendar.csv 4 month not-one-of',
        'data/calendar.csv 4 weekday not-one-of',
        'data/calendar.csv 5 relative_to unknown-reference',
        'data/calendar.csv 6 regions unknown-reference',
        'data/calendar.csv 7 rule not-one-of',
        'data/calendar.csv 8 categories not-one-of',
        'data/calendar-years.csv 2 event_id unknown-reference',
        'data/calendar-years.csv 3 year empty',
        'data/calendar-years.csv 4 to not-a-date',
      ].toSorted(),
    );
  });
});

const TIPS =
  'id,category,season,event_id,regions,text,figure,figure_unit,source_name,source_url,source_kind,checked_on,status\n';

describe('the table of tips', () => {
  const read = (rows: string) =>
    reading((faults) => readTipTable('data/tips.csv', TIPS + rows, new Set(['earth-hour']), REGIONS, faults));

  test('gives each tip with its figure and source', () => {
    const { value, faults } = read(
      't1,save-power,summer,earth-hour,新疆|山西,关灯,22,度,手册,https://x,handbook,2026-11-20,likely\n' +
        't2,learn,all,,all,看书,,,自编,,common,2026-11-20,sure\n',
    );
    expect(faults).toEqual([]);
    expect(value).toEqual([
      {
        id: 't1',
        category: 'save-power',
        season: 'summer',
        eventId: 'earth-hour',
        regions: ['xinjiang', 'shanxi'],
        text: '关灯',
        figure: { value: '22', unit: '度' },
        source: { name: '手册', url: 'https://x', kind: 'handbook' },
        checkedOn: '2026-11-20',
        status: 'likely',
      },
      expect.objectContaining({ id: 't2', regions: [] }),
    ]);
  });

  test('refuses a tip without a source, with an unknown day, or said twice', () => {
    const { faults } = read(
      't1,learn,all,,all,看书,,,,,common,2026-11-20,sure\nt2,learn,all,moon-day,,看灯,,,自编,,common,2026-11-20,sure\n' +
        't3,learn,all,,,看灯,,,自编,,common,2026-11-20,sure\nt4,learn,all,,,看花,9,朵,自编,,common,2026-11-20,none\n',
    );
    expect(faults.map(({ line, column, code }) => `${line} ${column} ${code}`).toSorted()).toEqual([
      '2 source_name empty',
      '3 event_id unknown-reference',
      '4 text duplicate',
      '5 figure figure-not-allowed',
    ]);
  });
});

test('sources keep their addresses, regions and grids their numbers', () => {
  const sources = reading((faults) =>
    readSourceTable(
      'data/sources.csv',
      'id,name,urls,read_how,warning,checked_on\na,甲,https://x;y|https://z,转载,旧,2026-11-20\nb,,,,,x\n',
      faults,
    ),
  );
  expect(sources.value.get('a')).toMatchObject({ urls: ['https://x;y', 'https://z'], warning: '旧' });
  expect(sources.faults).toMatchObject([
    { line: 3, column: 'name', code: 'empty' },
    { line: 3, column: 'checked_on', code: 'not-a-date' },
  ]);
  const regions = reading((faults) =>
    readRegionTable('data/regions.csv', 'id,name,full_name,grid\nx,新疆,新疆自治区,northwest\ny,,,\n', faults),
  );
  expect(regions.value).toEqual([{ id: 'x', name: '新疆', fullName: '新疆自治区', grid: 'northwest' }]);
  expect(regions.faults).toHaveLength(2);
  const grids = reading((faults) =>
    readGridFactorTable(
      'data/grid-factors.csv',
      'id,name,year,kg_co2_per_kwh\nnw,西北,2023,0.5543\ne,华东,2023,\n',
      faults,
    ),
  );
  expect(grids.value.get('nw')).toEqual({ id: 'nw', name: '西北', year: 2023, kgCo2PerKwh: 0.5543 });
  expect(grids.faults).toMatchObject([{ line: 3, column: 'kg_co2_per_kwh', code: 'empty' }]);
});

test('references name a source and the place in it', () => {
  expect(readReferences('mee2023§2-3、own')).toEqual([{ source: 'mee2023', section: '2-3' }, { source: 'own' }]);
});
