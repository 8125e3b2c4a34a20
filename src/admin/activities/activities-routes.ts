/** The pages of activities and who may use them. */
import { action, formAction, page } from '../admin-route.ts';
import { showActivities } from './activities-page.ts';
import { cancel, setOpen, showCancel } from './activity-actions.ts';
import { create, save, showEdit, showNew } from './activity-editing.ts';
import { showActivity } from './activity-page.ts';
import { downloadMasked, showMaskedSheet, takeFull } from './attendance-file.ts';
import { forget, showForget } from './contact-erasing.ts';
import { addPerson, moveUpPerson, removePerson, showRemove } from './people-actions.ts';

const ONE = '/activities/:id';
const SHIFT = `${ONE}/shifts/:shift`;
const PERSON = `${SHIFT}/people/:person`;

export const ACTIVITIES_ROUTES = [
  page('/activities', 'viewer', showActivities),
  page('/activities/new', 'worker', showNew),
  formAction('/activities', 'worker', create),
  page(ONE, 'viewer', (visit) => showActivity(visit)),
  page(`${ONE}/edit`, 'worker', showEdit),
  formAction(`${ONE}/edit`, 'worker', save),
  action(`${ONE}/close`, 'worker', (visit) => setOpen(visit, false)),
  action(`${ONE}/reopen`, 'worker', (visit) => setOpen(visit, true)),
  page(`${ONE}/cancel`, 'worker', showCancel),
  formAction(`${ONE}/cancel`, 'worker', cancel),
  page(`${SHIFT}/list`, 'viewer', downloadMasked),
  page(`${SHIFT}/sheet`, 'viewer', showMaskedSheet),
  formAction(`${SHIFT}/full`, 'worker', takeFull),
  formAction(`${SHIFT}/people`, 'worker', addPerson),
  action(`${PERSON}/move-up`, 'worker', moveUpPerson),
  page(`${PERSON}/remove`, 'worker', showRemove),
  action(`${PERSON}/remove`, 'worker', removePerson),
  page(`${PERSON}/forget`, 'worker', showForget),
  action(`${PERSON}/forget`, 'worker', forget),
] as const;
