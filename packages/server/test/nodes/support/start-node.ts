import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { within } from '../../torture/support/until.ts';
import type { FromHost, HostSettings } from '../../torture/support/words.ts';

/** What a node is started with. */
export interface NodeSettings extends HostSettings {
  /** By how much its clock is ahead; milliseconds, negative for one that is behind. */
  clockAheadMs: number;
  /** How long its worker may be silent; milliseconds. */
  leaseMs: number;
  /** Whether its worker runs; if not it only answers requests. */
  works: boolean;
}

/** One life of a node. */
export interface NodeProcess {
  url: string;
  isAlive(): boolean;
  /** Resolves when it has ended, with how. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Whether this test ended it. */
  wasEnded(): boolean;
  /** SIGSTOP: it stands still, as a machine that is paused. */
  stop(): void;
  /** SIGCONT. */
  goOn(): void;
  /** SIGTERM, and until it is gone: like a deployment. */
  close(): Promise<void>;
  /** kill -9, and until it is gone. */
  kill(): Promise<void>;
  /** All that it ever wrote to standard error. */
  stderr(): string;
}

/** Longer than a start on a slow machine; milliseconds. */
const patience = 30_000;

/** Starts a node, and resolves when its worker runs. @throws Error with what it wrote when it does not start */
export async function startNode(
  file: string,
  settings: NodeSettings,
  hear: (word: FromHost) => void,
): Promise<NodeProcess> {
  const child = fork(file, [], {
    env: { ...process.env, NODE_SETTINGS: JSON.stringify(settings), NODE_ENV: 'production' },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let stderr = '';
  let isEnded = false;
  let port = 0;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null, // as Node documents the event
    signal: signal as NodeJS.Signals | null,
  }));
  const started = new Promise<boolean>((resolve) => {
    void ended.then(() => resolve(false));
    const lines = child.stdout === null ? undefined : createInterface({ input: child.stdout });
    lines?.on('line', (line) => {
      const word = JSON.parse(line) as FromHost; // what node-program.ts says
      if (word.said === 'listening') port = word.port;
      else if (word.said === 'started') resolve(true);
      else hear(word);
    });
  });
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    isEnded = true;
    child.kill(signal);
    await within(patience, `the node is gone after ${signal}`, ended);
  };
  const kill = () => end('SIGKILL');
  const isUp = await within(patience, 'the node starts', started).catch(() => false);
  if (!isUp) {
    await kill();
    throw new Error(`a node did not start: ${stderr.slice(-4_000)}`);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    ended,
    wasEnded: () => isEnded,
    stop: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    close: () => end('SIGTERM'),
    kill,
    stderr: () => stderr,
  };
}
