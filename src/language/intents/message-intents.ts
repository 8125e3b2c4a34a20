/** What the bot sends by itself: tips, and whether it may send at all; and a notice read. */
import { type IntentReader, noSlots, reasons } from '../evidence.ts';
import { distinctValues } from '../habit-slot.ts';
import type { Hit } from '../lexicon.ts';
import { contentStart } from '../padding.ts';
import { hears, hitsOf, type Reading, unexplained, unexplainedOf } from '../reading.ts';
import type { Signal } from '../signals.ts';
import { MASK, maskSpan } from '../text-mask.ts';

export const MESSAGE_INTENTS: readonly IntentReader[] = [
  {
    intent: 'tip.ask',
    weigh: (reading) =>
      reasons(
        [hears(reading, 'tip'), 2, 'speaks of tips'],
        [hears(reading, 'tip') && hears(reading, 'tip-request', 'asks', 'request'), 2, 'asks for one'],
        [hears(reading, 'tip') && reading.habits.topics.length > 0, 1, 'names a topic'],
        [hears(reading, 'saving-how'), 4.5, 'asks how to save'],
        [leavesRoom(reading) && isOnly(reading, 'another-tip'), 4.5, 'asks for one more'],
        [hears(reading, 'stop'), -5, 'wants no more'],
        [hears(reading, 'source'), -5, 'asks where it comes from'],
        [hears(reading, 'tip') && hears(reading, 'pledge', 'check-in'), -3, 'promises to learn'],
      ),
    slots: ({ habits, hits }) => {
      // 垃圾分类 is a habit where it is pledged; a tip is about what it belongs to.
      const topic = distinctValues(habits.topics)[0] ?? distinctValues(hits.get('tip-topic') ?? [])[0];
      return topic === undefined ? {} : { topic };
    },
  },
  {
    intent: 'messages.stop',
    weigh: (reading) =>
      reasons(
        [hears(reading, 'stop'), 5, 'wants no more messages'],
        [wantsThemBack(reading), -6, 'had stopped them before'],
        // 注销我，不想用了: with what is kept the messages end too.
        [hears(reading, 'privacy-delete', 'erase-me'), -1, 'wants everything gone'],
      ),
    slots: noSlots,
  },
  {
    intent: 'messages.resume',
    weigh: (reading) =>
      reasons(
        [hitsOf(reading, 'resume').some((hit) => !isDenied(reading, hit)), 5, 'wants messages again'],
        [hears(reading, 'stop') && !wantsThemBack(reading), -3, 'wants no more'],
      ),
    slots: noSlots,
  },
  {
    intent: 'notice.acknowledge',
    weigh: (reading) => {
      const asked = reading.open?.kind === 'notice';
      const bare = asked
        ? isBareAnswer(reading) || answersFirst(reading)
        : unexplained(reading, 'acknowledge', 'thanks', 'greet') <= 1;
      return reasons(
        [hears(reading, 'acknowledge') && bare, 4, 'says it was read'],
        [
          !asked && !bare && ((answersFirst(reading) && tellsOfIt(reading)) || endsWithIt(reading)),
          3,
          'begins or ends by saying so',
        ],
        [asked && hears(reading, 'yes') && bare, 4, 'agrees to an open notice'],
        [hears(reading, 'acknowledge-asked'), -6, 'asks whether others did'],
        [!asked && hears(reading, 'asks'), -4, 'asks something'],
      );
    },
    slots: noSlots,
    overheard: (reading) => reading.open?.kind === 'notice',
  },
];

const AFTER_ADDRESS = new RegExp(`[^\\s,.${MASK}]`);

/** 能不能别每天给我发 holds 能…给我发. */
function isDenied(reading: Reading, wish: Hit): boolean {
  return hitsOf(reading, 'stop').some(
    ({ start, end }) => start > wish.start && start < wish.end && end >= wish.end - 1,
  );
}

/** 之前退订了，现在想继续收; 别发了，算了还是接着发吧: of two wishes the last one counts. */
function wantsThemBack(reading: Reading): boolean {
  if (!hears(reading, 'resume')) return false;
  const lastStop = Math.max(0, ...hitsOf(reading, 'stop').map(({ end }) => end));
  return hears(reading, 'stopped-before') || hitsOf(reading, 'resume').some(({ start }) => start >= lastStop);
}

/** 收到, and perhaps from whom: 3号楼收到, 李红已阅. */
function isBareAnswer(reading: Reading): boolean {
  const { rest, vocabulary } = reading;
  const from = Math.max(0, rest.search(AFTER_ADDRESS));
  const signature = vocabulary.name.surname.exec(rest.slice(from))?.[0].length ?? 0;
  return [rest, maskSpan(rest, { start: from, end: from + signature })].some(
    (text) => unexplainedOf(reading, text, 'acknowledge', 'thanks', 'greet', 'yes', 'filler', 'own-family') <= 1,
  );
}

/** 收到了，明天停水我存一桶: said to the bot, the word comes first and the rest is beside it. */
function answersFirst(reading: Reading): boolean {
  if (!reading.addressed || hears(reading, 'asks')) return false;
  const start = contentStart(reading.text, reading.vocabulary.padding);
  return hitsOf(reading, 'acknowledge').some(
    (hit) => hit.start <= start && /^(?:$|[\s,.;!])/.test(reading.text.slice(hit.end)),
  );
}

/** 收到，8号楼已通知到位; a machine's 收到，祝您愉快 tells of nothing. */
function tellsOfIt(reading: Reading): boolean {
  return reading.household !== undefined || hears(reading, 'self', 'own-family', 'notice-noun');
}

const LONGEST_NOTICE_NAME = 12;

/** 停水通知收到了: the notice is named, and it was read. */
function endsWithIt(reading: Reading): boolean {
  if (!reading.addressed || hears(reading, 'asks', 'not-done', 'no')) return false;
  const ack = hitsOf(reading, 'acknowledge').at(-1);
  if (ack === undefined || ack.start > LONGEST_NOTICE_NAME) return false;
  if (unexplainedOf(reading, maskSpan(reading.text, { start: 0, end: ack.end }), 'filler', 'thanks') > 0) return false;
  return hitsOf(reading, 'notice-noun').some(({ end }) => end <= ack.start);
}

/** 再来一个 may answer a question that has several answers. */
function leavesRoom({ open }: Reading): boolean {
  return open === null || open.kind === 'give-name' || open.kind === 'notice';
}

function isOnly(reading: Reading, signal: Signal): boolean {
  return hears(reading, signal) && unexplained(reading, signal) === 0;
}
