import { isOperatorName } from '../ports/given.ts';
import { UsageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';

/**
 * Whose name goes into the history: the one that is given, or the one of the person who is logged in.
 *
 * @throws UsageError when the given one cannot stand in a history
 */
export function whoActs(
  as: string | undefined,
  { env, loggedInAs }: Pick<CommandContext, 'env' | 'loggedInAs'>,
): string {
  if (as !== undefined) {
    if (isOperatorName(as)) return as;
    throw new UsageError('--as must be a name of 1 to 100 characters in one line.');
  }
  const names = [env['USER'], env['LOGNAME'], env['USERNAME'], loggedInAs()];
  return names.find((name) => isOperatorName(name)) ?? 'operator';
}
