/** `reset-password`: a new one-time password for a member of staff who forgot theirs; whoever has the machine may do it. */
import { newCode } from '../admin/sign-in/secret.ts';
import { systemClock } from '../lib/clock.ts';
import { createPasswords } from '../lib/password.ts';
import { appendAudit } from '../store/audit-table.ts';
import { changeBeside } from '../store/beside.ts';
import { deleteSessionsOf } from '../store/staff-session-table.ts';
import { findLogin, setPassword } from '../store/staff-table.ts';
import type { Transaction } from '../store/store.ts';
import { type CommandContext, EXIT, type ExitCode } from './command.ts';
import { say } from './command-texts.ts';
import { besideOptions } from './records.ts';

// 80 bits, used once: five times what an attacker could try before the pause begins, many times over.
const GROUPS = 4;

export async function resetPassword({ config, speak, print, tell }: CommandContext, login: string): Promise<ExitCode> {
  const password = newCode(GROUPS);
  const hash = await createPasswords().hash(password);
  const isDone = await changeBeside(config.databaseUrl, besideOptions(config), (tx) => reset(tx, login, hash));
  if (!isDone) {
    tell(speak(say('password.unknown-login', { login })));
    return EXIT.fault;
  }
  print(speak(say('password.reset', { login, password })));
  return EXIT.ok;
}

/** False where nobody has this login. Whoever is signed in with the old password is signed out. */
async function reset(tx: Transaction, login: string, hash: string): Promise<boolean> {
  const found = await findLogin(tx, login);
  if (found === null) return false;
  const { id, communityId } = found.staff;
  await setPassword(tx, found.staff, { hash, isInitial: true });
  await deleteSessionsOf(tx, id);
  const now = systemClock.now();
  await appendAudit(tx, { communityId, staffId: null, action: 'staff.reset-password', subjectId: id, at: now });
  return true;
}
