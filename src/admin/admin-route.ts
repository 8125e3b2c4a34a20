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
  /** Open to whoever still has to choose a password of their own. */
  readonly beforeOwnPassword: boolean;
  readonly answer: (visit: Visit) => Promise<Response>;
}

type Answer = AdminRoute['answer'];
type Extra = Partial<Pick<AdminRoute, 'takesFile' | 'beforeOwnPassword'>>;

/** Something to look at; changes nothing. */
export function page(path: string, role: Role, answer: Answer, extra: Extra = {}): AdminRoute {
  return { method: 'GET', path, role, answer, takesFile: false, beforeOwnPassword: false, ...extra };
}

/** Something that is done by sending a form. */
export function action(path: string, role: Role, answer: Answer, extra: Extra = {}): AdminRoute {
  return { method: 'POST', path, role, answer, takesFile: false, beforeOwnPassword: false, ...extra };
}
