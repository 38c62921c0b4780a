import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { within } from './until.ts';
import type { FromHost, HostSettings, Port, ToHost, Trap } from './words.ts';

/** How a process ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** One life of a host. */
export interface HostProcess {
  url: string;
  /** Resolves when it has ended and everything it said was heard. */
  ended: Promise<Ending>;
  isAlive(): boolean;
  /** Whether a trap sent it to sleep. */
  wentToSleep(): boolean;
  /** Resolves when `signup.start()` is through, or when the host ends before. */
  started: Promise<void>;
  /** Resolves when the trap is set. */
  set(trap: Trap): Promise<void>;
  /** Counts the calls of these ports from now on. Resolves to the names of those that were counted before. */
  count(ports: readonly Port[]): Promise<string[]>;
  /** Ends it, this one and no other. */
  signal(signal: 'SIGKILL' | 'SIGTERM' | 'SIGCONT'): void;
  /** kill -9, and until it is gone. */
  kill(): Promise<Ending>;
  /** What it wrote to standard error, the end of it. */
  log(): string;
}

/** Longer than a start on a slow machine; milliseconds. */
const patience = 20_000;

/** Starts a host, and resolves when it listens, or `undefined` when it ended before. */
export async function startHostProcess(
  file: string,
  settings: HostSettings,
  hear: (word: FromHost) => void,
): Promise<HostProcess | undefined> {
  const child = fork(file, [], {
    env: { ...process.env, TORTURE_HOST: JSON.stringify(settings), NODE_ENV: 'production' },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = once(child, 'close').then(([code, signal]): Ending => ({
    code: code as number | null, // as Node documents the event
    signal: signal as NodeJS.Signals | null,
  }));
  const log = tailOf(child);
  const listening = withResolvers<number | undefined>();
  const started = withResolvers<void>();
  let asleep = false;
  const lines = child.stdout === null ? undefined : createInterface({ input: child.stdout });
  lines?.on('line', (line) => {
    const word = JSON.parse(line) as FromHost; // what host.ts says
    if (word.said === 'listening') listening.resolve(word.port);
    else if (word.said === 'started') started.resolve();
    else if (word.said === 'asleep') asleep = true;
    else hear(word);
  });
  void ended.then(() => {
    listening.resolve(undefined);
    return started.resolve();
  });
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  const tell = async (word: ToHost): Promise<string[]> => {
    if (!child.connected) return [];
    const heard = once(child, 'message').then(([calls]) => calls as string[]); // what host.ts sends
    // A host that dies meanwhile hears nothing, which its end says.
    child.send(word, () => undefined);
    return within(patience, 'the host hears', Promise.race([heard, ended.then(() => [])]));
  };
  const kill = () => {
    child.kill('SIGKILL');
    return within(patience, 'the host is gone after kill -9', ended);
  };

  const port = await within(patience, 'the host listens', listening.promise).catch(async (error: unknown) => {
    await kill();
    throw new Error(`a host did not start: ${log()}`, { cause: error });
  });
  if (port === undefined) return undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    ended,
    isAlive,
    wentToSleep: () => asleep,
    started: started.promise,
    set: async (trap) => void (await tell({ do: 'trap', trap })),
    count: (ports) => tell({ do: 'count', ports }),
    signal: (signal) => void child.kill(signal),
    kill,
    log,
  };
}

/** The last few thousand characters of what a process writes to standard error. */
function tailOf(child: ChildProcess): () => string {
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (tail = (tail + text).slice(-4_000)));
  return () => tail;
}

// Promise.withResolvers came with Node 22.
function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((yes) => {
    resolve = yes;
  });
  return { promise, resolve };
}
