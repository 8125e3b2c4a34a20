/** The pure parts of WeChat: names, quotes, #接龙, limits, settings, and what a stranger's server may tell. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressBook } from '../../../src/channels/wechat/bound-address.ts';
import { readGatewayEvent } from '../../../src/channels/wechat/gateway-event.ts';
import { readGroupNote } from '../../../src/channels/wechat/group-note-text.ts';
import { readMention } from '../../../src/channels/wechat/mention-rules.ts';
import { splitQuote } from '../../../src/channels/wechat/quoted-text.ts';
import { readWords, timeOf } from '../../../src/channels/wechat/read-words.ts';
import { DAY_MS, SEND_LIMITS, type SentBefore, tooMuch } from '../../../src/channels/wechat/send-limit-rules.ts';
import { addressOfGateway, faultOf, WechatConfig } from '../../../src/channels/wechat/wechat-config.ts';
import { groupNote } from '../../support/wechat-server/group-note.ts';

const BOT = { id: 'wxid_bot', names: ['绿邻', '绿邻小助手', '小绿*(3栋)'] };
const said = (text: string, mentionIds: string[] = []) => readMention({ text, mentionIds }, BOT);

describe('who is spoken to', () => {
  it.each([
    ['@绿邻小助手 垃圾怎么分', true, '垃圾怎么分'],
    ['@绿邻小助手', true, ''],
    ['  @绿邻\u2005在吗', true, '在吗'],
    ['@小绿*(3栋)\u2005在吗', true, '在吗'],
    ['@绿邻小助手在吗', false, '@绿邻小助手在吗'],
    ['@绿邻社区 在吗', false, '@绿邻社区 在吗'],
    ['你们问 @绿邻 吧', false, '你们问 @绿邻 吧'],
    ['@林阿姨\u2005在吗', false, '@林阿姨\u2005在吗'],
  ])('is read from the words where the list is empty: %j', (text, mentioned, left) => {
    expect(said(text)).toEqual({ mentioned, text: left });
  });

  it('is read from the list, and only our name is taken out', () => {
    expect(said('@林阿姨\u2005你问 @绿邻\u2005就行', ['wxid_lin', 'wxid_bot'])).toEqual({
      mentioned: true,
      text: '@林阿姨\u2005你问  就行',
    });
    expect(said('@改过的名字\u2005在吗', ['wxid_bot']).text).toBe('在吗');
    expect(said('@林阿姨\u2005在吗', ['wxid_lin'])).toEqual({ mentioned: false, text: '@林阿姨\u2005在吗' });
  });

  it('is nobody we know for any words that do not begin with a name', () => {
    const names = fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), names, (text, known) => {
        const read = readMention({ text, mentionIds: [] }, { id: 'x', names: known });
        if (!read.mentioned) expect(read.text).toBe(text);
        else expect(known.some((name) => text.trimStart().startsWith(`@${name.trim()}`))).toBe(true);
      }),
    );
  });
});

describe('a quoted message', () => {
  it('is told from the answer', () => {
    expect(splitQuote('「林阿姨：周六几点？\n南门吗」\n- - - - - - - - - - - - - - -\n九点')).toEqual({
      text: '九点',
      quoted: { name: '林阿姨', text: '周六几点？\n南门吗' },
    });
  });

  it('stands for the words where somebody only names the bot under it', () => {
    const text = '「林阿姨：大骨头扔哪」\n- - - - - - - - - - - - - - -\n@绿邻\u2005';
    expect(readWords({ type: 7, text, mentionIds: [] }, BOT)).toEqual({ text: '大骨头扔哪', mentioned: true });
  });

  it('is not seen in brackets and dashes that people type', () => {
    for (const text of ['「绿邻：好」', '「好」\n- - -\n坏', '「」', '- - - - - - -\n九点'])
      expect(splitQuote(text)).toEqual({ text, quoted: null });
  });
});

describe('a native #接龙', () => {
  it('gives the words people see, whatever they wrote, and who wrote which of them when', () => {
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((text) => !/[\0\n\r<>]/.test(text));
    fc.assert(
      fc.property(words, fc.array(words, { minLength: 1, maxLength: 6 }), (theme, texts) => {
        const at = new Date(1_788_156_783_000);
        const note = groupNote(
          theme,
          'wxid_a',
          texts.map((text) => ({ memberId: 'wxid_b', text, at })),
        );
        const read = readGroupNote(note.xml);
        expect(read.text).toBe(note.title);
        expect(read.chain).toMatchObject({ initiator: 'wxid_a', declared: texts.length });
        expect(read.chain?.entries).toEqual(texts.map((text) => ({ author: 'wxid_b', at, text })));
      }),
    );
  });

  it('is handed on from inside a CDATA title, after a sender, and with entities of every kind', () => {
    const xml = '<msg><appmsg><title><![CDATA[#接龙\n1. A & B]]></title><type>53</type></appmsg></msg>';
    expect(readGroupNote(`wxid_lin:\n${xml}`)).toEqual({ text: '#接龙\n1. A & B' });
    const escaped = '<msg><appmsg><title>1.&#x20;A&amp;lt;&#128170;&quot;&#0;</title><type> 53 </type></appmsg></msg>';
    expect(readGroupNote(escaped).text).toBe('1. A&lt;💪"&#0;');
  });

  it('keeps a name in its title, as people see it', () => {
    const { title, xml } = groupNote('周六', 'wxid_a', []);
    const named = xml.replace('<title>', '<title>@绿邻 打卡');
    expect(readWords({ type: 10, text: named, mentionIds: [] }, BOT)).toMatchObject({
      text: `@绿邻 打卡${title}`,
      mentioned: true,
      chain: { id: '1788156783179_8524' },
    });
  });

  it('is only words where somebody typed its XML', () => {
    const { xml } = groupNote('周六', 'wxid_a', [{ memberId: 'wxid_b', text: '王 2人', at: new Date(0) }]);
    expect(readWords({ type: 7, text: xml, mentionIds: [] }, null)).toEqual({ text: xml, mentioned: false });
  });

  it('is not every app message and no text that speaks of one', () => {
    const link = '<msg><appmsg><title>促销</title><type>5</type></appmsg></msg>';
    expect(readWords({ type: 14, text: link, mentionIds: [] }, null)).toEqual({
      text: '',
      mentioned: false,
      attached: 'other',
    });
    expect(readGroupNote('我们来 #接龙 吧')).toEqual({ text: '我们来 #接龙 吧' });
  });
});

describe('the limits of sending', () => {
  const wishes = fc.array(
    fc.record({
      waitMs: fc.integer({ min: 0, max: 600_000 }),
      chat: fc.constantFrom('a', 'b', 'c', 'd'),
      isGroup: fc.boolean(),
      kind: fc.constantFrom('reply', 'reminder', 'notice', 'tip'),
    }),
    { maxLength: 400 },
  );

  it('hold for any order of wishes, and let a wish pass when its wait is over', () => {
    const limits = { ...SEND_LIMITS, perDay: 20, unaskedPerDay: 8, perGroupPerDay: 5, groupGapMs: 30_000 };
    fc.assert(
      fc.property(wishes, (all) => {
        const sent: (SentBefore & { isGroup: boolean })[] = [];
        let now = DAY_MS;
        for (const { waitMs, ...given } of all) {
          now += waitMs;
          const wish = { ...given, chat: given.isGroup ? `group-${given.chat}` : given.chat };
          const refusal = tooMuch(sent, wish, limits, now);
          if (refusal === null) sent.push({ at: now, chat: wish.chat, isGroup: wish.isGroup });
          else expect(tooMuch(sent, wish, limits, now + refusal.retryAfterMs)).toBeNull();
          const today = sent.filter(({ at }) => at > now - DAY_MS);
          const here = today.filter(({ chat }) => chat === wish.chat);
          expect(today.length).toBeLessThanOrEqual(limits.perDay);
          if (wish.isGroup) expect(here.length).toBeLessThanOrEqual(limits.perGroupPerDay);
        }
        for (const [index, { at, chat, isGroup }] of sent.entries()) {
          const next = sent.slice(index + 1).find((later) => later.chat === chat);
          if (isGroup && next !== undefined) expect(next.at - at).toBeGreaterThanOrEqual(limits.groupGapMs);
        }
      }),
    );
  });

  it('are eight a minute at most by the gap alone', () => {
    expect(60_000 / SEND_LIMITS.gapMs[0]).toBeLessThanOrEqual(8);
  });
});

describe('what a gateway tells', () => {
  it('is taken only where it has the shape it should', () => {
    expect(readGatewayEvent(2, '{"messageId":"m"}')).toEqual({ what: 'message', messageId: 'm' });
    expect(readGatewayEvent(25, '{"contactId":"wxid_a"}')).toEqual({ what: 'login', contactId: 'wxid_a' });
    for (const payload of ['', '{', 'null', '{}', '[]', '{"messageId":5}', '{"messageId":""}'])
      expect(readGatewayEvent(2, payload)).toBeNull();
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer(), fc.oneof(fc.json(), fc.string()), (type, text) => void readGatewayEvent(type, text)),
    );
  });

  it('has times in seconds or in milliseconds', () => {
    const now = new Date('2026-11-20T10:00:00+08:00');
    expect(timeOf(now.getTime() / 1000, now)).toEqual(now);
    expect(timeOf(now.getTime(), new Date(0))).toEqual(now);
    expect(timeOf(0, now)).toEqual(now);
    expect(timeOf(Number.NaN, now)).toEqual(now);
  });
});

describe('addresses', () => {
  it('lead back to their id in their own login only', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (id) => {
        const [one, other, lasting] = [addressBook('@a', false), addressBook('@b', false), addressBook('wxid_a', true)];
        expect(one.idOf(one.addressOf(id))).toBe(id);
        expect(other.idOf(one.addressOf(id))).toBeNull();
        expect(lasting.idOf(one.addressOf(id))).toBeNull();
        expect(one.idOf(lasting.addressOf(id))).toBeNull();
      }),
    );
  });
});

describe('the settings', () => {
  const good = { endpoint: '127.0.0.1:8788', token: 'insecure_1', acceptsRisk: true, folder: '/x' };

  it('are refused by value, the risk first', () => {
    const fault = (given: object) => faultOf(WechatConfig.parse({ ...good, ...given }));
    expect(fault({})).toBeNull();
    expect(fault({ acceptsRisk: false, token: '' })).toBe('not-accepted');
    expect(fault({ endpoint: '' })).toBe('endpoint-malformed');
    expect(fault({ endpoint: 'insecure_1' })).toBe('endpoint-malformed');
    expect(fault({ endpoint: 'host:99999' })).toBe('endpoint-malformed');
    expect(fault({ token: '2fdb00a5' })).toBe('token-malformed');
  });

  it('know TLS by the scheme and this machine by its name', () => {
    expect(addressOfGateway('gateway.example:8788')).toEqual({
      target: 'gateway.example:8788',
      tls: true,
      isThisMachine: false,
    });
    expect(addressOfGateway('http://127.0.0.1:8788/')).toEqual({
      target: '127.0.0.1:8788',
      tls: false,
      isThisMachine: true,
    });
    expect(addressOfGateway('https://[::1]:8788')?.target).toBe('[::1]:8788');
  });
});
