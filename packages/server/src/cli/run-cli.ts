import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { UsageError } from './cli-error.ts';
import { examples, type CommandContext } from './command-context.ts';
import { commands } from './commands/commands.ts';
import { describeFailure } from './describe-failure.ts';
import { exitCodes } from './exit-codes.ts';
import type { Signals } from './signals.ts';
import type { Terminal } from './terminal.ts';

/** Long enough: nothing is done when it is over. Milliseconds. */
const halfADay = 43_200_000;

const exitCodesHelp = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 partly failed, 130 interrupted
(143 by SIGTERM).
What was asked for goes to stdout, everything else to stderr.
`;

/** What the command line takes from its process. */
export interface CliProcess {
  terminal: Terminal;
  signals: Signals;
  env: Record<string, string | undefined>;
  stdin: AsyncIterable<Uint8Array>;
  loggedInAs: () => string | undefined;
}

/** Runs the command that the arguments name. Resolves to its exit code; never rejects. */
export async function runCli(
  args: readonly string[],
  { terminal, signals, env, stdin, loggedInAs }: CliProcess,
): Promise<number> {
  let code: number = exitCodes.done;
  const program = makeProgram({
    terminal,
    signals,
    env,
    stdin,
    loggedInAs,
    ends:
      (run) =>
      async (...given) => {
        code = await run(...given);
      },
  });

  // The kit's own timers keep no process alive.
  const alive = setInterval(() => undefined, halfADay);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said what is wrong, or has printed what was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    terminal.fail(describeFailure(error));
    return error instanceof UsageError ? exitCodes.usage : exitCodes.failed;
  } finally {
    clearInterval(alive);
  }
}

/** The whole command line; nothing of it runs yet. */
export function makeProgram(context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command('embedded-signup')
    .description('Runs and looks after the server side of the Embedded Signup Kit.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this text')
    .helpCommand('help [command]', 'print the text of a command')
    .configureHelp({ subcommandTerm: termOf })
    .configureOutput({ writeOut: terminal.writeOut, writeErr: terminal.writeErr })
    .showHelpAfterError('Try --help.')
    .exitOverride()
    .addHelpText(
      'after',
      examples(
        'pool add "+1 555-010-0001" --config signup.config.mjs',
        'pool list --status lapsed',
        'claims list --status needs_operator',
        'worker --config signup.config.mjs',
      ) + exitCodesHelp,
    );
  for (const add of commands) add(program, context);
  return program;
}

/** A command and its arguments. Each has options; without that word there is room for what it does. */
const termOf = (command: Command): string =>
  [
    command.name(),
    ...command.registeredArguments.map((one) => `<${one.name()}${one.variadic ? '...' : ''}>`),
  ].join(' ');
