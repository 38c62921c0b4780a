import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedSignupOptions } from '../../../src/index.ts';
import { bundleProgram } from '../../support/bundle-program.ts';
import { until, within } from '../../torture/support/until.ts';

/** How a run ended, and what it wrote. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

/** A run that goes on. */
export interface Running {
  pid: number;
  out(): string;
  err(): string;
  /** Resolves when this was written to stderr. */
  says(words: string): Promise<void>;
  /** Ends it, this one and no other. */
  signal(signal: NodeJS.Signals): void;
  ended: Promise<Ended>;
}

/** The command line, bundled from the sources, and a folder for configurations. */
export interface Program {
  folder: string;
  start(args: readonly string[], env?: Record<string, string>, input?: string): Running;
  /** Starts it, and resolves when it has ended. `input` comes in by its stdin, which is closed otherwise. */
  run(args: readonly string[], env?: Record<string, string>, input?: string): Promise<Ended>;
  /** Runs it with these arguments in a shell, with whatever follows them. */
  shell(line: string, env?: Record<string, string>): Promise<Ended>;
  /** Writes a file into the folder. Resolves to its path. */
  write(name: string, text: string): Promise<string>;
  /** Writes a configuration that is plain data, with the host's customers left out. */
  config(options: Omit<EmbeddedSignupOptions, 'customer'>): Promise<string>;
  /** @throws Error when anything that was ever written holds what a test marked as secret, or a stack */
  refuseLeaks(): void;
  /** Kills what still runs, and removes all files. */
  remove(): Promise<void>;
}

/** Longer than any run here takes on a slow machine. Milliseconds. */
const patience = 60_000;

/** Bundles the command line. */
export async function bundleCli(): Promise<Program> {
  const bundled = await bundleProgram(new URL('../../../src/cli.ts', import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), 'signup-cli-'));
  const running = new Set<Running>();
  let everything = '';
  let configs = 0;

  const start = (args: readonly string[], env: Record<string, string> = {}, input?: string): Running =>
    spawned([process.execPath, bundled.file, ...args], env, input);
  const spawned = (
    [file = '', ...args]: readonly string[],
    env: Record<string, string>,
    input?: string,
  ): Running => {
    const child = spawn(file, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.on('error', () => undefined).end(input);
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      everything += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      everything += text;
    });
    const ended = once(child, 'close').then(([code, signal]): Ended => {
      running.delete(one);
      return { code: code as number | null, signal: signal as NodeJS.Signals | null, out, err }; // as Node documents it
    });
    const isAlive = () => child.exitCode === null && child.signalCode === null;
    const one: Running = {
      pid: child.pid ?? 0,
      out: () => out,
      err: () => err,
      says: (words) =>
        until(`it says ${words}`, () => {
          if (err.includes(words)) return true;
          if (!isAlive()) throw new Error(`it ended before it said ${words}: ${err}`);
          return false;
        }),
      signal: (signal) => void child.kill(signal),
      ended,
    };
    running.add(one);
    return one;
  };
  const write = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };

  return {
    folder,
    start,
    run: (args, env, input) => within(patience, `it ends: ${args.join(' ')}`, start(args, env, input).ended),
    shell: (line, env = {}) =>
      within(
        patience,
        `it ends: ${line}`,
        spawned(['/bin/sh', '-c', `'${process.execPath}' '${bundled.file}' ${line}`], env).ended,
      ),
    write,
    config: (options) => {
      configs += 1;
      return write(`config-${configs}.mjs`, `export default ${JSON.stringify(options)};\n`);
    },
    refuseLeaks() {
      const leak = /^.*CANARY.*$|^\s+at .*:\d+:\d+.*$/m.exec(everything);
      if (leak !== null) throw new Error(`this was written: ${leak[0]}`);
    },
    async remove() {
      const left = [...running];
      for (const one of left) one.signal('SIGKILL');
      await Promise.all(left.map(({ ended }) => ended));
      await rm(folder, { recursive: true, force: true });
      await bundled.remove();
    },
  };
}
