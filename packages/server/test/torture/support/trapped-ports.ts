import { createHash } from 'node:crypto';
import { Agent, Dispatcher } from 'undici';
import type { Deps } from '../../../src/index.ts';
import type { Cipher } from '../../../src/ports/cipher.ts';
import { systemClock } from '../../../src/system/system-clock.ts';
import { systemRandom } from '../../../src/system/system-random.ts';
import type { FromHost, Port, Trap } from './words.ts';

/** A secret that a test can compare without knowing it. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** The ports of a host, each call of which may be its last. */
export interface TrappedPorts {
  deps: Required<Pick<Deps, 'clock' | 'random' | 'dispatcher' | 'cipher'>>;
  /** Counts from now on, and springs this trap. */
  set(trap: Trap): void;
  /** Counts from now on, and writes down what is called. */
  count(ports: readonly Port[]): void;
  counted(): string[];
}

/** Wraps the machine's own parts. Nothing in the kit knows of it. */
export function trapPorts(realCipher: Cipher, say: (word: FromHost) => void): TrappedPorts {
  let trap: Trap | undefined;
  let watched: readonly Port[] = [];
  let calls: string[] = [];

  const spring = (index: number, side: Trap['side']) => {
    if (trap?.at !== index || trap.side !== side) return;
    const { act } = trap;
    trap = undefined;
    if (act === 'die') process.kill(process.pid, 'SIGKILL');
    say({ said: 'asleep' });
    process.kill(process.pid, 'SIGSTOP');
  };
  /** Begins a call. What it returns must be called with the answer in hand. */
  const enter = (port: Port, name: string): (() => void) => {
    if (!watched.includes(port)) return () => undefined;
    const index = calls.push(`${port}: ${name}`);
    spring(index, 'before');
    return () => spring(index, 'after');
  };
  const during = <T>(port: Port, name: string, run: () => T): T => {
    const leave = enter(port, name);
    const result = run();
    leave();
    return result;
  };

  const cipher: Cipher = {
    async seal(plain, cell) {
      const leave = enter('cipher', `seal ${kindOf(cell)}`);
      const sealed = await realCipher.seal(plain, cell);
      leave();
      return sealed;
    },
    async open(sealed, cell) {
      const leave = enter('cipher', `open ${kindOf(cell)}`);
      const plain = await realCipher.open(sealed, cell);
      leave();
      return plain;
    },
  };
  return {
    deps: {
      cipher,
      clock: { now: () => during('clock', 'now', systemClock.now) },
      random: {
        id: () => during('random', 'id', systemRandom.id),
        below: (limit) => during('random', 'below', () => systemRandom.below(limit)),
      },
      dispatcher: new TrappedDispatcher((options) => {
        const leave = enter('meta', `${options.method} ${pathOf(options)}`);
        tellSecrets(options, say);
        return leave;
      }),
    },
    set(next) {
      calls = [];
      watched = next.ports;
      trap = next;
    },
    count(ports) {
      calls = [];
      watched = ports;
      trap = undefined;
    },
    counted: () => calls,
  };
}

/** A cell's name without its row. */
function kindOf(cell: string): string {
  return cell.split('/')[0] ?? cell;
}

class TrappedDispatcher extends Dispatcher {
  readonly #agent = new Agent({ connections: 32, pipelining: 1 });
  readonly #enter: (options: Dispatcher.DispatchOptions) => () => void;

  constructor(enter: (options: Dispatcher.DispatchOptions) => () => void) {
    super();
    this.#enter = enter;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const leave = this.#enter(options);
    return this.#agent.dispatch(options, {
      onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
      onResponseStart(controller, status, headers, text) {
        leave();
        handler.onResponseStart?.(controller, status, headers, text);
      },
      onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
      onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
      onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
    });
  }

  override destroy(): Promise<void> {
    return this.#agent.destroy();
  }
}

const base = 'http://meta.invalid';

function pathOf({ path }: Dispatcher.DispatchOptions): string {
  return new URL(path, base).pathname.replace(/^\/v[\d.]+/, '').replace(/\d{6,}/g, ':id');
}

/** Says which code and which PIN are on their way, once nothing keeps them any more. */
function tellSecrets({ path, body }: Dispatcher.DispatchOptions, say: (word: FromHost) => void): void {
  const url = new URL(path, base);
  const sent = new Map(url.searchParams);
  if (typeof body === 'string') {
    for (const [name, value] of Object.entries(JSON.parse(body) as object)) sent.set(name, String(value));
  }
  const code = sent.get('code');
  if (url.pathname.endsWith('/oauth/access_token') && code !== undefined) {
    say({ said: 'secret', kind: 'code', of: 'the app', hash: hashOf(code) });
  }
  const pin = sent.get('pin');
  const [, number] = /\/(\d+)\/register$/.exec(url.pathname) ?? [];
  if (number !== undefined && pin !== undefined) {
    say({ said: 'secret', kind: 'pin', of: number, hash: hashOf(pin) });
  }
}
