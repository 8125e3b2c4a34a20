/** All habits as boxes to tick, under the names of their kinds. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { choiceField, type FormState } from '../form-fields.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { pledgeWords } from './pledge-words.ts';
import { DOOR_TEXTS } from './pledges-texts.ts';

export function habitBoxes(visit: Visit, form: FormState): Html {
  const { content, community } = visit;
  const words = pledgeWords(visit);
  const isChinese = community.locale.startsWith('zh');
  const fault = form.faults.habits;
  const plain = { ...form, faults: {} };
  const boxes = content.habitCategories.map(({ id, name, nameEn }) => {
    const choices = content.habits
      .filter(({ category }) => category === id)
      .map((habit) => ({ value: habit.id, label: words.habitName(habit.id) }));
    const label = isChinese ? name : nameEn;
    return choices.length === 0 ? '' : choiceField(plain, { name: 'habits', label, choices, many: true });
  });
  const wrong = fault === undefined ? '' : html`<p class="fault">${form.words(fault)}</p>`;
  return html`<section class="habits"><h2>${wordsFor(visit, DOOR_TEXTS)('door.habits')}</h2>${wrong}${boxes}</section>`;
}
