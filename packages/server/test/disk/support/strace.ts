import { spawnSync } from 'node:child_process';

/** Why system calls cannot be watched on this machine; `undefined` when they can. */
export const noStrace: string | undefined = whyNot();

/** The one program, or none: `it.each(straces)` defines a test where it can run. */
export const straces: readonly string[] = noStrace === undefined ? ['strace'] : [];

/**
 * The body of a test that stands in every file whose other tests need strace. Tells a person that those did not run; on a
 * CI server for Linux that is a failure.
 *
 * @throws Error on Linux with `CI=true`
 */
export function saysWhatDidNotRun(): void {
  if (noStrace === undefined) return;
  if (process.platform === 'linux' && process.env['CI'] === 'true') {
    throw new Error(`The tests of the disk need strace: ${noStrace}`);
  }
  process.stderr.write(`\nThe tests of the disk are not run here: ${noStrace}\n`);
}

function whyNot(): string | undefined {
  if (process.platform !== 'linux') return `strace is a program for Linux, and this is ${process.platform}.`;
  // To be found is not enough: a container may forbid ptrace, and an old strace may not know how to inject.
  const probe = [
    '-f',
    '-y',
    '-o',
    '/dev/null',
    '-e',
    'trace=fsync',
    '-e',
    'inject=fsync:error=EIO:when=1..2',
  ];
  const { error, status, stderr } = spawnSync('strace', [...probe, 'true'], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') {
    return 'strace is missing. Install it: apt-get install strace.';
  }
  if (error !== undefined) return `strace did not run: ${error.message}`;
  if (status === 0) return undefined;
  return /PTRACE|ptrace|Operation not permitted/.test(stderr)
    ? `strace is here, but this machine forbids ptrace: ${stderr.trim()}. In a container, add --cap-add=SYS_PTRACE.`
    : `strace is here, but it does not do what is needed: ${stderr.trim()}. Version 5.2 or newer is needed.`;
}
