import { describeRequest } from './cli/describe-request.ts';
import { settingsAsEnv } from './cli/describe-settings.ts';
import { readArguments } from './cli/read-arguments.ts';
import { startSimulator } from './start-simulator.ts';

const HELP = `Usage: embedded-signup-simulator [options]

Plays Meta for WhatsApp Embedded Signup: Graph API, JavaScript SDK and popup.
Settings for a host go to stdout as .env lines, everything else to stderr.

  --port N      port to listen on, 0 for any free one (4010)
  --host NAME   address to listen on (127.0.0.1)
  --numbers N   verified numbers in the pool at the start (3)
  --profile P   errors as seen live, or as in Meta's OpenAPI description: live | openapi (live)
  --times T     times as text or as seconds: iso | unix (iso)
  --help        this text
`;

const command = readArguments(process.argv.slice(2));
if (command.kind === 'help') {
  process.stdout.write(HELP);
} else if (command.kind === 'refuse') {
  process.stderr.write(`${command.problem}\nTry --help.\n`);
  process.exitCode = 1;
} else {
  const { options } = command;
  try {
    const simulator = await startSimulator({
      ...options,
      onRequest: (request) => process.stderr.write(`${describeRequest(request)}\n`),
    });
    const { url } = simulator;
    process.stderr.write(
      `Simulated Meta is at ${url}. Nothing here is real. Stop it with Ctrl-C.\n` +
        `${options.numbers ?? 0} verified numbers in the pool; see ${url}/__simulator/state\n`,
    );
    process.stdout.write(`${settingsAsEnv(simulator, 'v26.0')}\n`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void simulator.close());
    }
  } catch (error) {
    process.stderr.write(`${problemOf(error, options.port)}\n`);
    process.exitCode = 1;
  }
}

function problemOf(error: unknown, port: number | undefined): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${port} is already in use; choose another one with --port.`;
  if (code === 'EACCES') return `Port ${port} needs special rights; choose one above 1023 with --port.`;
  return error instanceof Error ? error.message : String(error);
}
