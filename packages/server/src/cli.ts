import { runCli } from './cli/run-cli.ts';
import { watchSignals } from './cli/signals.ts';
import { openTerminal } from './cli/terminal.ts';

// Whoever reads our output may go away, as `head` does.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const { argv, env, stdin } = process;
const terminal = openTerminal(process);
const code = await runCli(argv.slice(2), {
  terminal,
  signals: watchSignals(process),
  env,
  stdin,
});
await terminal.flush();
// The host's configuration may have opened what would keep the process for ever.
process.exit(code);
