/** Tips: twice a week by themselves, one at a time for whoever asks, and none for whoever does not want them. */
import type { Tip } from '../../model/tip.ts';
import type { Feature, Outcome, Turn } from '../../runtime/feature.ts';
import { rememberChatTip } from '../../store/tip-table.ts';
import { askForDays } from './announced-days-service.ts';
import { tipAsked } from './tip-question.ts';
import type { TipContent, TipParts } from './tips-parts.ts';
import { categoryOf } from './tips-rules.ts';
import { ASK_DAYS_JOB, TIP_JOB, tipsSchedules } from './tips-schedule.ts';
import { giveTip, postTip } from './tips-service.ts';
import { say, TIPS_TEXTS } from './tips-texts.ts';
import { resumeMessages, stopMessages } from './unasked-messages.ts';

export function createTips({ content }: TipParts): Feature {
  return {
    name: 'tips',
    intents: ['tip.ask', 'messages.stop', 'messages.resume'],
    texts: TIPS_TEXTS,
    act: async (turn) => {
      if (turn.understood.intent === 'messages.stop') return stopMessages(turn, content());
      if (turn.understood.intent === 'messages.resume') return resumeMessages(turn, content());
      return tellTip(turn, { content });
    },
    schedules: tipsSchedules,
    jobs: {
      [TIP_JOB]: async ({ tx, community, slot, now }) => ({
        messages: await postTip(tx, content(), community, { slot, now }),
      }),
      [ASK_DAYS_JOB]: async ({ tx, community, now }) => {
        await askForDays(tx, content(), community, now);
        return { messages: [] };
      },
    },
  };
}

async function tellTip(turn: Turn, parts: TipParts): Promise<Outcome> {
  const { tx, now, community, chat, text: asked, addressed } = turn;
  if (!addressed) return { messages: [] };
  const content = parts.content();
  const answer = tipAsked(asked, content, community.settings.province);
  // Known from now on as the last one here, so that 来源 means it.
  if (answer !== null) await rememberChatTip(tx, chat.id, { tipId: answer.id, at: now });
  const tip = answer ?? (await freshTip(turn, content));
  if (tip === null) return { messages: [{ to: 'here', said: say('tip.none-left') }] };
  const { text } = tip;
  const said = chat.kind === 'group' ? say('tip.asked-group', { text }) : say('tip.asked', { text });
  return { messages: [{ to: 'here', said }] };
}

function freshTip({ tx, now, community, chat, understood }: Turn, content: TipContent): Promise<Tip | null> {
  const { topic } = understood.slots;
  const category = topic === undefined ? null : categoryOf(topic, content.habitCategories);
  return giveTip(tx, content, community, { chat, category, now });
}
