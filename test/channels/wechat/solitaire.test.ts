import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSolitaire } from '../../../src/channels/wechat/solitaire.ts';
import { NativeChain } from '../../../src/model/chain.ts';

const TITLE = '#接龙\n周六 💪🏻\n\n1. 清川 3号楼\n2. Kevin';

function xmlOf(solitaire: string): string {
  return `<appmsg><title>…</title><type>53</type><extinfo><solitaire_info><![CDATA[${solitaire}]]></solitaire_info></extinfo></appmsg>`;
}

describe('what WeChat keeps of a #接龙', () => {
  it('tells who began it, who wrote what and when, by ranges in UTF-16 units', () => {
    const [one, two] = [TITLE.indexOf('清川'), TITLE.indexOf('Kevin')];
    const theme = `${TITLE.indexOf('周六')}-${'周六 💪🏻'.length}`;
    const entries = `<i><u>wxid_q</u><h>0</h><s>.</s><t>1788156790</t><r>${one}-6</r></i><i><u>wxid_k</u><t>1788156999</t><r>${two}-5</r><c>Kevin</c></i>`;
    const head = `<tt>${theme}</tt><ex>0-0</ex><s>.</s><au>wxid_q</au><sid>1788156783179_8524</sid>`;
    expect(readSolitaire(xmlOf(`<solitaire>${head}<content><s>3</s>${entries}</content></solitaire>`), TITLE)).toEqual({
      id: '1788156783179_8524',
      initiator: 'wxid_q',
      theme: '周六 💪🏻',
      declared: 3,
      entries: [
        { author: 'wxid_q', at: new Date(1_788_156_790_000), text: '清川 3号楼' },
        { author: 'wxid_k', at: new Date(1_788_156_999_000), text: 'Kevin' },
      ],
    });
  });

  it('is read from entities as well, and a range beyond the title falls back on the words it bears', () => {
    const solitaire = '<solitaire><content><s>1</s><i><u>a</u><r>900-5</r><c>Kevin</c></i></content></solitaire>';
    const escaped = solitaire.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const xml = `<appmsg><solitaire_info>${escaped}</solitaire_info></appmsg>`;
    expect(readSolitaire(xml, TITLE)).toEqual({ declared: 1, entries: [{ author: 'a', text: 'Kevin' }] });
  });

  it('is nothing where there is no list, and never more than a group holds', () => {
    expect(readSolitaire('<appmsg><title>x</title></appmsg>', TITLE)).toBeNull();
    const many = xmlOf(`<solitaire><content>${'<i><u>a</u><r>0-1</r></i>'.repeat(5_000)}</content></solitaire>`);
    expect(readSolitaire(many, TITLE)?.entries.length).toBeLessThanOrEqual(600);
  });

  it('is of the right shape or nothing, whatever a stranger writes', () => {
    const tags = ['<i>', '</i>', '<u>', '</u>', '<r>', '</r>', '<t>', '</t>', '<s>', '</s>', '<content>', '</content>'];
    const piece = fc.oneof(fc.constantFrom(...tags), fc.string({ maxLength: 8 }), fc.integer().map(String));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.string({ maxLength: 40 }), (pieces, title) => {
        const read = readSolitaire(xmlOf(`<solitaire>${pieces.join('')}</solitaire>`), title);
        if (read !== null) expect(NativeChain.safeParse(read).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
