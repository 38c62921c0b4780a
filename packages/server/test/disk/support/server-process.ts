import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** What strace is to do beside watching. */
export interface Watch {
  /** Where the trace goes. */
  trace: string;
  /** Calls to other files are not looked at, and not counted. Left out: all calls. */
  files?: readonly string[];
  /** The system calls to write down. */
  calls: readonly string[];
  /** In strace's own words, without `inject=`: `fsync:error=EIO:when=6..15`. */
  inject?: string;
}

/** One life of the server program. */
export interface ServerProcess {
  url: string;
  /** kill -9, and until it is gone. */
  kill(): Promise<void>;
}

/** Milliseconds. Longer than a start under strace on a slow machine. */
const patience = 15_000;

/** How many bytes of a write the trace shows: more than a page of SQLite, and more than an answer. */
const shown = 16_384;

/**
 * Starts the server program, under strace if asked.
 *
 * @throws Error when it does not start; its message is what the program said
 */
export async function startServer(file: string, database: string, watch?: Watch): Promise<ServerProcess> {
  const command = [...(watch === undefined ? [] : straceCommand(watch)), process.execPath, file];
  const [program = process.execPath, ...args] = command;
  const child = spawn(program, args, {
    env: { ...process.env, DISK_DATABASE: database, NODE_ENV: 'production' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const log = tailOf(child);
  const word = await within('the server says something', Promise.race([firstWord(child), ended])).catch(
    () => undefined,
  );
  if (!isStart(word)) {
    child.kill('SIGKILL');
    child.stdin.end();
    await within('a server that did not start is gone', ended);
    throw new Error(`the server did not start: ${JSON.stringify(word)} ${log()}`);
  }
  return {
    url: `http://127.0.0.1:${word.port}`,
    async kill() {
      // Under strace this child is strace; the server has an id of its own, and strace ends with it.
      if (child.exitCode === null && child.signalCode === null) process.kill(word.pid, 'SIGKILL');
      await within('the server is gone after kill -9', ended);
    },
  };
}

/** What strace wrote. Complete once the process has ended. */
export function readTrace({ trace }: Watch): Promise<string> {
  return readFile(trace, 'latin1');
}

function straceCommand({ trace, files = [], calls, inject }: Watch): string[] {
  // All threads, the paths of descriptors, and every byte in hexadecimal, so that nothing is ambiguous.
  const wide = ['-f', '-y', '-xx', '-s', String(shown)];
  const paths = files.flatMap((path) => ['-P', path]);
  const filters = [
    '-e',
    `trace=${calls.join(',')}`,
    ...(inject === undefined ? [] : ['-e', `inject=${inject}`]),
  ];
  return ['strace', ...wide, '-o', trace, ...paths, ...filters, '--'];
}

async function firstWord(child: ChildProcess): Promise<unknown> {
  if (child.stdout === null) throw new Error('the server has no standard output');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return JSON.parse(String(line));
}

function isStart(word: unknown): word is { port: number; pid: number } {
  return typeof word === 'object' && word !== null && 'port' in word && 'pid' in word;
}

/** The end of what a process writes to standard error. */
function tailOf(child: ChildProcess): () => string {
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (tail = (tail + text).slice(-2_000)));
  return () => tail;
}

/** Waits, but not for ever. */
async function within<T>(what: string, promise: Promise<T>): Promise<T> {
  let handle: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    handle = setTimeout(() => reject(new Error(`Not within ${patience} ms: ${what}`)), patience);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(handle);
  }
}
