import { once } from 'node:events';
import { InvalidArgumentError, type Command } from 'commander';
import { configOption, examples, type AddCommand, type CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withSignup } from '../open-signup.ts';
import { serveHealth } from '../serve-health.ts';

interface WorkerOptions {
  config?: string;
  port?: number;
  host?: string;
}

/** `worker`: the background work in a process of its own. */
export const addWorker: AddCommand = (program, context) => {
  program
    .command('worker')
    .description(
      'carry claims on and tell the host of them, without serving anybody; several may run at once',
    )
    .option(...configOption)
    .option('--port <n>', 'serve /healthz and /readyz here, 0 for any free port', toPort)
    .option('--host <name>', 'address to serve them at (127.0.0.1)')
    .addHelpText(
      'after',
      examples(
        'worker --config signup.config.mjs',
        'worker --config signup.config.mjs --port 9100 --host 0.0.0.0',
      ) +
        '\nSIGTERM and SIGINT let it come to its next halt and give back the rest, within\n10 seconds; a second one ends it at once. Another worker takes up then what was\nleft.\n',
    )
    .action(context.ends((options: WorkerOptions, command: Command) => work(options, command, context)));
};

async function work(
  { config, port, host = '127.0.0.1' }: WorkerOptions,
  command: Command,
  context: CommandContext,
): Promise<number> {
  const { terminal, signals } = context;
  if (port === undefined && command.getOptionValue('host') !== undefined)
    command.error('error: --host needs --port');
  return withSignup(
    context,
    config,
    async ({ signup, place }) => {
      const served = port === undefined ? undefined : await serveHealth(signup.health, { port, host });
      const stopping = signals.gracefully();
      const stopped = once(stopping, 'abort');
      try {
        const health = served === undefined ? '' : `; /healthz and /readyz are at ${served.url}`;
        terminal.say(`embedded-signup worker: works on ${place}${health}. Stop it with SIGTERM or Ctrl-C.`);
        // Meta may take its time to list the pool; nobody who stops the worker has to wait for that.
        await Promise.race([signup.start(), stopped]);
        await stopped;
        await signup.close();
        terminal.say(
          `embedded-signup worker: ${signals.heard()}, so it has stopped; what was not finished is given back.`,
        );
        return exitCodes.done;
      } finally {
        served?.close();
      }
    },
    { log: 'host', database: 'made' },
  );
}

function toPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
  if (port > 65_535) throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
  return port;
}
