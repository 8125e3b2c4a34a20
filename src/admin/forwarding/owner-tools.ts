/** Beside a message: handing it to the owner of the group in WeCom, and what became of that. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { HandGroup } from '../../store/hand-group-table.ts';
import type { OwnerTask } from '../../store/owner-task-table.ts';
import { spokenMoment } from '../notices/moment-words.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { OWNER_TEXTS } from './forwarding-texts.ts';
import { mayRemind } from './owner-service.ts';
import type { QueuedMessage } from './queue-service.ts';

export function ownerTools(visit: Visit, { message, task }: QueuedMessage, about: HandGroup | null): Html | '' {
  if (visit.parts.byHand.owners === null) return '';
  if (task !== null) return taskTools(visit, task);
  if (about?.wecomChat == null || about.wecomOwner === null) return '';
  return button(visit, message.id, 'owner', 'owner.hand-over');
}

function taskTools(visit: Visit, task: OwnerTask): Html {
  const words = wordsFor(visit, OWNER_TEXTS);
  const { outboxId, taskId, madeAt } = task;
  if (taskId === null)
    return html`<p class="caution">${words('owner.unsure')}</p>${button(visit, outboxId, 'owner-again', 'owner.again')}`;
  const remind = mayRemind(task, visit.now) ? button(visit, outboxId, 'owner-remind', 'owner.remind') : '';
  return html`<p class="hint">${words('owner.waiting', { when: spokenMoment(visit, madeAt) })}</p>
<div class="tools">${button(visit, outboxId, 'owner-look', 'owner.look')}${remind}</div>`;
}

type ButtonKey = 'owner.hand-over' | 'owner.look' | 'owner.remind' | 'owner.again';

function button(visit: Visit, id: string, way: string, key: ButtonKey): Html {
  return html`<form method="post" action="/admin/forwarding/${id}/${way}"><button class="quiet">${wordsFor(visit, OWNER_TEXTS)(key)}</button></form>`;
}
