/** The people of the benchmarks: each pledges, agrees, signs up, says which habits were kept and asks where things go. */
import type { Inbound } from '../src/model/inbound.ts';
import { STREET } from './street.ts';

/** Seven of ten write records of their own; every one writes its mark and its reply. */
export const MIX =
  'each resident says 10 things: pledge, yes, sign-up once; four habits kept today; three questions about waste';

export function wordsOf(resident: number): readonly string[] {
  const wasteFrom = (place: number) => WASTE[(resident + place) % WASTE.length] ?? '';
  return [
    `我家承诺光盘和随手关灯，${doorOf(resident)}，三口人`,
    '对的',
    '报名河边捡垃圾',
    wasteFrom(0),
    '今天光盘了',
    '今天随手关灯了',
    wasteFrom(1),
    '今天垃圾分类了',
    wasteFrom(2),
    '今天骑车上班了',
  ];
}

export const TURNS = 10;

/** What somebody says who has pledged and signed up; each writes its mark and its reply, the first also a check-in. */
export const LATER_WORDS = ['今天光盘了', '大骨头扔哪', '我家的承诺'];

const WASTE = ['大骨头扔哪', '旧电池扔哪', '外卖盒是什么垃圾', '过期药扔哪里', '奶茶杯咋扔'];

/** 90 buildings of four entrances and four doors a floor, as high as it takes. */
function doorOf(resident: number): string {
  const building = 1 + (resident % 90);
  const unit = 1 + (Math.floor(resident / 90) % 4);
  const door = Math.floor(resident / 360);
  return `${building}栋${unit}单元${1 + Math.floor(door / 4)}0${1 + (door % 4)}`;
}

/** `turn` makes it a message of its own. */
export function inboundOf(resident: number, turn: number | string, text: string): Inbound {
  const name = `resident-${resident}`;
  return {
    channel: 'web',
    account: STREET,
    messageId: `${name}-${turn}`,
    chat: { address: `private:${name}`, kind: 'direct' },
    sender: { address: name },
    text,
    mentioned: false,
    at: new Date(),
  };
}
