import { HELP } from './cli/help.ts';
import { readArguments } from './cli/read-arguments.ts';
import { readVersion } from './cli/read-version.ts';

// Whoever reads our output may go away, as `head` does.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const command = readArguments(process.argv.slice(2));
switch (command.kind) {
  case 'help': {
    process.stdout.write(HELP);
    break;
  }
  case 'version': {
    process.stdout.write(`${readVersion()}\n`);
    break;
  }
  case 'refuse': {
    process.stderr.write(`${command.problem}\nTry --help.\n`);
    process.exitCode = 1;
    break;
  }
  case 'start': {
    try {
      const { run } = await import('./cli/run.ts');
      await run(command);
    } catch (error) {
      process.stderr.write(`${problemOf(error, command.options.port)}\n`);
      process.exitCode = 1;
    }
  }
}

function problemOf(error: unknown, port: number | undefined): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${port} is already in use; choose another one with --port.`;
  if (code === 'EACCES') return `Port ${port} needs special rights; choose one above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return 'This machine has no such address; choose another one with --host.';
  }
  return error instanceof Error ? error.message : String(error);
}
