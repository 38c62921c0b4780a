import { exitCodes } from './cli/exit-codes.ts';
import { loggedInAs } from './cli/logged-in-as.ts';
import { watchOutput } from './cli/output-failure.ts';
import { runCli } from './cli/run-cli.ts';
import { watchSignals } from './cli/signals.ts';
import { openTerminal } from './cli/terminal.ts';

const outputFailure = watchOutput(process.stdout);
process.stderr.on('error', () => undefined);

const { argv, env, stdin } = process;
const terminal = openTerminal(process);
let code = await runCli(argv.slice(2), {
  terminal,
  signals: watchSignals(process),
  env,
  stdin,
  loggedInAs,
});
await terminal.flush();
const failure = outputFailure();
if (failure !== undefined) {
  terminal.fail(failure);
  await terminal.flush();
  if (code === exitCodes.done) code = exitCodes.failed;
}
// The host's configuration may have opened what would keep the process for ever.
process.exit(code);
