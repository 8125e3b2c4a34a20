/** `start`: runs the bot until it is asked to stop. */
import { type CommandContext, EXIT, type ExitCode } from './command.ts';

export async function startCommand(_context: CommandContext): Promise<ExitCode> {
  return EXIT.fault;
}
