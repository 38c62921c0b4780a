import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { within } from '../../torture/support/until.ts';
import type { NodeSettings, NodeWord } from './node-words.ts';

/** A node in a process of its own. */
export interface RunningNode {
  url: string;
  /** Resolves when its background work was started, or it ended before. */
  started: Promise<void>;
  isAlive(): boolean;
  /** The longest delay of its event loop since the last time one asked, milliseconds. */
  longestDelay(): Promise<number>;
  /** For how long it has wanted the processor and had none, in all its life; milliseconds. */
  starved(): Promise<number>;
  /** What it wrote to standard error. */
  log(): string;
  /** kill -9, and until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and until it is gone. Resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** A node that did not start said why. */
export class NodeRefused extends Error {
  override readonly name = 'NodeRefused';
}

/** Longer than a start on a slow machine that has something else to do; milliseconds. */
const patience = 60_000;

/** How a node is started. */
export interface StartOptions {
  /** How long the start may take; milliseconds. */
  within?: number;
  /** Without a channel to the test: nothing keeps the process alive but what it does itself. It cannot be asked anything. */
  alone?: boolean;
}

/**
 * Starts a node.
 *
 * @param file a bundled program
 * @throws NodeRefused with the name and the sentence of its error
 */
export async function startNode(
  file: string,
  settings: NodeSettings,
  { within: startWithin = patience, alone = false }: StartOptions = {},
): Promise<RunningNode> {
  const env = { ...process.env, SIGNUP_NODE: JSON.stringify(settings), NODE_ENV: 'production' };
  const child = alone
    ? spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    : fork(file, [], { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const ended = once(child, 'close').then(([code]) => code as number | null); // as Node documents the event
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (log += text));
  const heard: ((word: NodeWord) => void)[] = [];
  const hear = <Said extends NodeWord['said']>(said: Said) =>
    new Promise<Extract<NodeWord, { said: Said }>>((resolve) => {
      heard.push((word) => {
        if (word.said === said) resolve(word as Extract<NodeWord, { said: Said }>); // compared just now
      });
    });
  if (child.stdout === null) throw new Error('a node has no standard output');
  createInterface({ input: child.stdout }).on('line', (line) => {
    const word = JSON.parse(line) as NodeWord; // what node-program.ts says
    for (const listener of heard) listener(word);
  });

  const started = Promise.race([hear('started'), ended]).then(() => undefined);
  const kill = async () => {
    child.kill('SIGKILL');
    await within(patience, 'a node is gone after kill -9', ended);
  };
  const first = await within(
    startWithin,
    'a node starts',
    Promise.race([hear('listening'), hear('refused'), ended]),
  ).catch(async (error: unknown) => {
    await kill();
    throw error;
  });
  if (first === null || typeof first === 'number') throw new Error(`a node ended with ${first}: ${log}`);
  if (first.said === 'refused') {
    await ended;
    throw new NodeRefused(`${first.error}: ${first.message}`);
  }
  return {
    url: `http://127.0.0.1:${first.port}`,
    started,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async longestDelay() {
      const answer = hear('loop');
      child.send('loop');
      const said = await within(patience, 'a node tells of its event loop', Promise.race([answer, ended]));
      if (said === null || typeof said === 'number') throw new Error(`a node ended with ${said}: ${log}`);
      return said.longest;
    },
    starved: () => starvedOf(child.pid ?? 'self'),
    log: () => log,
    kill,
    stop() {
      child.kill('SIGTERM');
      return within(patience, 'a node is gone after SIGTERM', ended);
    },
  };
}

/**
 * For how long a process has wanted the processor and had none; milliseconds. Linux counts it; elsewhere it is 0, and a test
 * that allows for it is only stricter.
 */
export async function starvedOf(pid: number | 'self'): Promise<number> {
  const text = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '0 0 0');
  return Number(text.split(' ')[1]) / 1e6;
}
