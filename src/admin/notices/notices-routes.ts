/** The pages of notices and who may use them. */
import { action, formAction, page } from '../admin-route.ts';
import { release, retry, takeBack } from './notice-actions.ts';
import { create, save, showEdit, showNew } from './notice-editing.ts';
import { showNotice } from './notice-page.ts';
import { sendPicture } from './notice-picture.ts';
import { showNotices } from './notices-page.ts';
import { putPicture, takePictureAway } from './picture-actions.ts';
import { recall } from './recall-action.ts';

const ONE = '/notices/:id';

export const NOTICES_ROUTES = [
  page('/notices', 'viewer', showNotices),
  page('/notices/new', 'worker', showNew),
  formAction('/notices', 'worker', create),
  page(ONE, 'viewer', (visit) => showNotice(visit)),
  page(`${ONE}/edit`, 'worker', showEdit),
  formAction(`${ONE}/edit`, 'worker', save),
  page(`${ONE}/picture`, 'viewer', sendPicture),
  action(`${ONE}/picture`, 'worker', putPicture, { takesFile: true }),
  action(`${ONE}/picture/away`, 'worker', takePictureAway),
  formAction(`${ONE}/release`, 'worker', release),
  action(`${ONE}/take-back`, 'worker', takeBack),
  action(`${ONE}/recall`, 'worker', recall),
  action(`${ONE}/retry`, 'worker', retry),
] as const;
