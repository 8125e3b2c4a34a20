/** The only way to add a page: a route says who may use it, and its handler gets a visit that was let in. */
import type { Role } from '../model/records.ts';
import type { Visit } from './visit.ts';

export interface AdminRoute {
  readonly method: 'GET' | 'POST';
  /** Under /admin, e.g. `/settings/areas/:id`. */
  readonly path: string;
  /** The least role that may. */
  readonly role: Role;
  /** Takes a file; without it a request is small. */
  readonly takesFile: boolean;
  /** Its handler reads with `readForm`: after a session that ran out the form comes back as it was typed. */
  readonly comesBack: boolean;
  /** Open to whoever still has to choose a password of their own. */
  readonly beforeOwnPassword: boolean;
  readonly answer: (visit: Visit) => Promise<Response>;
}

type Answer = AdminRoute['answer'];
type Extra = Partial<Pick<AdminRoute, 'takesFile' | 'beforeOwnPassword'>>;

const PLAIN = { takesFile: false, comesBack: false, beforeOwnPassword: false };

/** Something to look at; changes nothing. */
export function page(path: string, role: Role, answer: Answer, extra: Extra = {}): AdminRoute {
  return { ...PLAIN, method: 'GET', path, role, answer, ...extra };
}

/** Something that is done at the press of a button. */
export function action(path: string, role: Role, answer: Answer, extra: Extra = {}): AdminRoute {
  return { ...PLAIN, method: 'POST', path, role, answer, ...extra };
}

/** Something that is typed and sent; where it does not fit, the handler shows it again as typed. */
export function formAction(path: string, role: Role, answer: Answer, extra: Extra = {}): AdminRoute {
  return { ...PLAIN, method: 'POST', path, role, answer, comesBack: true, ...extra };
}
