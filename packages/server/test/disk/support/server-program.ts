// The host as a process of its own: its system calls can be watched, and made to fail.
import { startIntakeHost } from './intake-host.ts';

const host = await startIntakeHost(process.env['DISK_DATABASE'] ?? '').catch((error: unknown) => {
  say({ refused: error instanceof Error ? error.name : 'something' });
  process.exit(3);
});
say({ port: host.port, pid: process.pid });

// Whoever started it is gone: so is the reason to run.
process.stdin.on('end', () => process.exit(4)).resume();

function say(word: object): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}
