/** The pages of forwarding by hand and who may use them. */
import { action, formAction, page } from '../admin-route.ts';
import { sendFile } from './message-file.ts';
import { handOver, handOverAgain, look, remind } from './owner-actions.ts';
import { paste } from './paste-actions.ts';
import { refuse, tickAll, tickOne, undo } from './queue-actions.ts';
import { showQueue } from './queue-page.ts';

const ONE = '/forwarding/:id';

export const FORWARDING_ROUTES = [
  page('/forwarding', 'worker', (visit) => showQueue(visit)),
  formAction('/forwarding/paste', 'worker', paste),
  action('/forwarding/undo', 'worker', undo),
  action('/forwarding/groups/:id/sent', 'worker', tickAll),
  page(`${ONE}/file`, 'worker', sendFile),
  action(`${ONE}/sent`, 'worker', tickOne),
  action(`${ONE}/refused`, 'worker', refuse),
  action(`${ONE}/owner`, 'worker', handOver),
  action(`${ONE}/owner-again`, 'worker', handOverAgain),
  action(`${ONE}/owner-remind`, 'worker', remind),
  action(`${ONE}/owner-look`, 'worker', look),
] as const;
