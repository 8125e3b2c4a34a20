import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeApart, withoutAccount } from '../../../src/admin/forwarding/paste-rules.ts';

describe('what was copied out of a chat', () => {
  it('is one message where nothing tells otherwise', () => {
    expect(takeApart('  周六捡垃圾还缺人吗\n我和老伴都来 ')).toEqual([
      { name: null, text: '周六捡垃圾还缺人吗\n我和老伴都来' },
    ]);
  });

  it('is taken apart by names with a time', () => {
    const pasted =
      '王芳 2026/11/20 9:12\n报名周六捡垃圾\n\n老张 11-20 09:13:05\n电池扔哪\n就是五号电池\n李 20:15\n谢谢';
    expect(takeApart(pasted)).toEqual([
      { name: '王芳', text: '报名周六捡垃圾' },
      { name: '老张', text: '电池扔哪\n就是五号电池' },
      { name: '李', text: '谢谢' },
    ]);
  });

  it('is taken apart by names with a time as Chinese systems write it', () => {
    expect(takeApart('王芳 2026年11月20日 上午9:12\n报名')).toEqual([{ name: '王芳', text: '报名' }]);
    expect(takeApart('王芳 昨天 21:12\n报名')).toEqual([{ name: '王芳', text: '报名' }]);
  });

  it('is taken apart by names with a colon, where there are two', () => {
    expect(takeApart('王芳:\n报名周六\n\n3-2-501 老张：\n电池扔哪')).toEqual([
      { name: '王芳', text: '报名周六' },
      { name: '3-2-501 老张', text: '电池扔哪' },
    ]);
  });

  it('keeps together what only looks like a name', () => {
    const said = '周六活动：\n带手套和水';
    expect(takeApart(said)).toEqual([{ name: null, text: said }]);
    expect(takeApart('大家看一下\n王芳:\n报名\n老张:\n我也来')).toHaveLength(1);
  });

  it('drops the days between messages and what a tool put in front', () => {
    expect(takeApart('—————  2026-11-20  —————\n\n王芳 09:12\n报名')).toEqual([{ name: '王芳', text: '报名' }]);
    expect(withoutAccount('wxid_abc123:\n#接龙\n1. 王芳')).toBe('#接龙\n1. 王芳');
  });

  it('is nothing where nothing was said', () => {
    expect(takeApart(' \n\n ')).toEqual([]);
    expect(takeApart('')).toEqual([]);
  });

  it('loses no word, whatever it is', () => {
    const line = fc.constantFrom(
      '王芳:',
      '老张 9:12',
      '报名',
      '',
      '周六：',
      '12:30',
      '—— 12:30',
      'a b 1:23',
      '#接龙',
      '1. 王',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const kept = takeApart(lines.join('\n'))
          .map(({ name, text }) => `${name ?? ''} ${text}`)
          .join(' ');
        for (const word of ['报名', '#接龙', '1. 王']) {
          const count = (text: string) => text.split(word).length - 1;
          expect(count(kept)).toBe(count(lines.join('\n')));
        }
      }),
    );
  });
});
