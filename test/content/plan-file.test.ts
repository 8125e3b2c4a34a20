import { beforeAll, describe, expect, test } from 'vitest';
import type { Content } from '../../src/content/content.ts';
import { readPlanFile } from '../../src/content/plan-file.ts';
import type { ContentFault } from '../../src/model/content-fault.ts';
import { loadRealContent } from './real-content.ts';

let content: Content;
beforeAll(async () => {
  content = await loadRealContent();
});

const PLAN = `id: sample
title: 样本
issuer: 某地
issuedOn: 2021-09-25
level: county
region: xinjiang
area: 某市
historical: true
endsIn: 2022
basedOn: []
goals: [好]
targets: []
days: []
initiatives:
  - id: household
    name: 绿色家庭
    participant: { kinds: [household], words: 居民 }
    lead: [市妇联]
    partners: []
    targets: []
    days:
      - { name: 植树节, event: arbor }
    duties: [做]
    habits: [led]
duties:
  - { id: report, kind: reporting, words: 报, every: year }
source: own
checkedOn: 2026-11-20
`;

function read(text: string) {
  const faults: ContentFault[] = [];
  const known = { habits: new Set(['led']), events: new Set(['arbor']), regions: new Set(['xinjiang']) };
  return { plan: readPlanFile('data/plans/sample.yaml', text, known, faults), faults };
}

describe('a plan file', () => {
  test('gives the plan', () => {
    const { plan, faults } = read(PLAN);
    expect(faults).toEqual([]);
    expect(plan).toMatchObject({ id: 'sample', initiatives: [{ lead: ['市妇联'], habits: ['led'] }] });
  });

  test('names line and place of everything that is wrong in its shape', () => {
    const { plan, faults } = read(
      PLAN.replace('level: county', 'level: village')
        .replace('2021-09-25', '2021-09-31')
        .replace('lead: [市妇联]', 'lead: 市妇联')
        .replace('endsIn: 2022\n', ''),
    );
    expect(plan).toBeUndefined();
    expect(faults.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
      '4 issuedOn not-a-date',
      '5 level not-one-of',
      '1 endsIn wrong-shape',
      '17 initiatives.0.lead wrong-shape',
    ]);
  });

  test('names what it refers to and nobody knows', () => {
    const { faults } = read(PLAN.replace('[led]', '[led, sun]').replace('event: arbor', 'event: moon'));
    expect(faults).toMatchObject([
      { line: 24, column: 'initiatives.0.habits', code: 'unknown-reference', detail: { value: 'sun' } },
      { line: 22, column: 'initiatives.0.days', code: 'unknown-reference', detail: { value: 'moon' } },
    ]);
  });

  test('says where the YAML breaks', () => {
    expect(read(PLAN.replace('goals: [好]', 'goals: [好')).faults).toMatchObject([{ code: 'yaml-broken' }]);
    expect(read(`${PLAN}id: again\n`).faults).toMatchObject([{ line: 29, code: 'yaml-broken' }]);
  });
});

describe('a star in a plan file, as somebody marks what matters', () => {
  test('is a fault with its line, where it points nowhere', () => {
    const { plan, faults } = read(PLAN.replace('    name: 绿色家庭', '    name: *绿色家庭'));
    expect(plan).toBeUndefined();
    expect(faults).toEqual([
      { file: 'data/plans/sample.yaml', line: 16, code: 'yaml-broken', detail: { reason: '*绿色家庭' } },
    ]);
  });

  test('is one where it points at itself, or at so much that it would fill the memory', () => {
    expect(read(PLAN.replace('goals: [好]', 'goals: &g [*g]')).faults).toMatchObject([{ line: 11 }]);
    const ten = (name: string) => `[${Array.from({ length: 10 }, () => name).join(', ')}]`;
    const bomb = `goals: &a [好]\nb: &b ${ten('*a')}\nc: &c ${ten('*b')}\nd: ${ten('*c')}`;
    expect(read(PLAN.replace('goals: [好]', bomb)).faults).toHaveLength(30);
  });
});

describe('the plans that ship', () => {
  const plan = (id: string) => {
    const found = content.plans.find((one) => one.id === id);
    if (found === undefined) throw new Error(id);
    return found;
  };

  test('hold every initiative of the three papers and are marked as past', () => {
    const counts = content.plans.map((one) => [one.id, one.initiatives.length, one.historical]);
    expect(counts).toEqual([
      ['changji-2021', 7, true],
      ['jiaxing-2011', 21, true],
      ['shanxi-2020', 7, true],
    ]);
    const groups = Map.groupBy(plan('jiaxing-2011').initiatives, (initiative) => initiative.group);
    expect([...groups].map(([group, list]) => [group, list.length])).toEqual([
      ['demonstration', 10],
      ['green-series', 8],
      ['awareness', 3],
    ]);
    expect(plan('changji-2021').initiatives.map(({ id }) => id)).toEqual(
      plan('shanxi-2020').initiatives.map(({ id }) => id),
    );
  });

  test('keep the reporting duties of Changji and the review duties of Jiaxing', () => {
    const reporting = plan('changji-2021').duties.filter((duty) => duty.kind === 'reporting');
    expect(reporting.map((duty) => duty.every)).toEqual(['half-year', 'year']);
    expect(plan('jiaxing-2011').duties.filter((duty) => duty.kind === 'review')).not.toHaveLength(0);
  });

  test('offer habits wherever households are addressed', () => {
    for (const { initiatives } of content.plans) {
      const household = initiatives.find(({ id }) => id === 'household');
      expect(household?.habits.length).toBeGreaterThan(10);
    }
  });
});
