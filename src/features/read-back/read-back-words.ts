/** Puts what a model made of a message into a question with a yes for an answer. */
import type { Content } from '../../content/content.ts';
import type { RenderText, Saying } from '../../model/text.ts';
import type { Understood } from '../../model/understanding.ts';
import { say } from './read-back-texts.ts';

export interface WordParts {
  readonly habits: Content['habits'];
  readonly locale: string;
  readonly render: RenderText;
  /** Whether words of the person may be said again here as they are. */
  readonly isOpen: (words: string) => boolean;
}

/** `null`: nobody is asked whether they meant that. */
export function asked({ intent, slots }: Understood, parts: WordParts): Saying | null {
  switch (intent) {
    case 'pledge.make':
      return withHabits(slots.habits, parts, 'read-back.pledge', 'read-back.pledge-habits');
    case 'pledge.change':
      return changeAsked(slots, parts);
    case 'pledge.withdraw':
      return say('read-back.pledge-withdraw');
    case 'check-in':
      return withHabits(slots.habits, parts, 'read-back.check-in', 'read-back.check-in-habits');
    case 'sign-up.join':
      return about(slots.activity, parts, 'read-back.sign-up', 'read-back.sign-up-for');
    case 'sign-up.cancel':
      return about(slots.activity, parts, 'read-back.cancel', 'read-back.cancel-for');
    case 'messages.stop':
      return say('read-back.stop');
    case 'messages.resume':
      return say('read-back.resume');
    case 'issue.report':
      return slots.place === undefined || !parts.isOpen(slots.place)
        ? say('read-back.issue')
        : say('read-back.issue-at', { place: slots.place });
    case 'privacy.delete':
      return say('read-back.privacy-delete');
    case 'staff.activity':
      return say('read-back.staff-activity');
    case 'staff.notice':
      return say('read-back.staff-notice');
    default:
      return null;
  }
}

function changeAsked({ add = [], remove = [] }: Understood['slots'], parts: WordParts): Saying {
  if (add.length > 0 && remove.length > 0) {
    return say('read-back.pledge-swap', { removed: namesOf(remove, parts), added: namesOf(add, parts) });
  }
  if (remove.length > 0) return say('read-back.pledge-remove', { habits: namesOf(remove, parts) });
  return withHabits(add, parts, 'read-back.pledge-change', 'read-back.pledge-add');
}

type HabitsKey = 'read-back.pledge-habits' | 'read-back.pledge-add' | 'read-back.check-in-habits';
type BareKey = 'read-back.pledge' | 'read-back.pledge-change' | 'read-back.check-in';

function withHabits(ids: readonly string[] = [], parts: WordParts, bare: BareKey, named: HabitsKey): Saying {
  return ids.length === 0 ? say(bare) : say(named, { habits: namesOf(ids, parts) });
}

function about(
  activity: string | undefined,
  { isOpen }: WordParts,
  bare: 'read-back.sign-up' | 'read-back.cancel',
  named: 'read-back.sign-up-for' | 'read-back.cancel-for',
): Saying {
  return activity === undefined || !isOpen(activity) ? say(bare) : say(named, { activity });
}

function namesOf(ids: readonly string[], { habits, locale, render }: WordParts): string {
  const names = ids.map((id) => {
    const habit = habits.find((one) => one.id === id);
    return habit === undefined ? id : locale.startsWith('zh') ? habit.title : habit.titleEn;
  });
  // Parts of a sentence have one wording, so the seed does not matter.
  const joined = (list: string, next: string) => {
    const { key, variables } = say('read-back.list', { list, next });
    return render(locale, key, variables, '');
  };
  return names.reduce((list, next) => (list === '' ? next : joined(list, next)), '');
}
