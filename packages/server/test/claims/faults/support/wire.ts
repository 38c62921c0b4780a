import { Agent, Dispatcher, errors } from 'undici';

/** A call to Meta as it leaves the host. */
export interface Leaving {
  method: string;
  /** Without the version: `/123/register`. */
  path: string;
  /** Only in exchanges. */
  code: string | undefined;
  /** Only in registrations. */
  pin: string | undefined;
}

/** What a test may do to a call. Both may take as long as they want: that is a host that stands still. */
export interface WireHooks {
  /** Before the first byte goes out. */
  before?: ((call: Leaving) => Promise<void>) | undefined;
  /** When the answer is there and nobody has seen it. */
  after?: ((call: Leaving) => Promise<void>) | undefined;
}

/** What lies between a host and Meta: it writes down what went out, and plays the clock of a call that hangs. */
export class Wire extends Dispatcher {
  /** Calls whose first byte went out, oldest first. */
  readonly gone: Leaving[] = [];
  hooks: WireHooks = {};
  readonly #agent = new Agent({ connections: 32, pipelining: 1 });
  readonly #underWay = new Map<Dispatcher.DispatchController, Leaving>();

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const call = leavingOf(options);
    const { before, after } = this.hooks;
    const send = () => this.#agent.dispatch(options, this.#watch(call, handler, after));
    if (before === undefined) return send();
    void before(call).then(send);
    return true;
  }

  /** The header time-out of every call of this kind: real ones take seconds. */
  timeOut(method: string, path: string): void {
    for (const [controller, call] of this.#underWay) {
      if (call.method === method && call.path === path) controller.abort(new errors.HeadersTimeoutError());
    }
  }

  override destroy(): Promise<void> {
    return this.#agent.destroy();
  }

  #watch(
    call: Leaving,
    handler: Dispatcher.DispatchHandler,
    after: WireHooks['after'],
  ): Dispatcher.DispatchHandler {
    // Everything of the answer waits in its order for the test to let it through.
    let passed = Promise.resolve();
    const pass = (event: () => void) => {
      if (after === undefined) event();
      else passed = passed.then(event);
    };
    return {
      onRequestStart: (controller, context) => {
        this.gone.push(call);
        this.#underWay.set(controller, call);
        handler.onRequestStart?.(controller, context);
      },
      onResponseStart: (controller, status, headers, text) => {
        if (after !== undefined) passed = after(call);
        pass(() => handler.onResponseStart?.(controller, status, headers, text));
      },
      onResponseData: (controller, chunk) => {
        // undici uses the memory of a chunk again.
        const kept = after === undefined ? chunk : Buffer.from(chunk);
        pass(() => handler.onResponseData?.(controller, kept));
      },
      onResponseEnd: (controller, trailers) => {
        this.#underWay.delete(controller);
        pass(() => handler.onResponseEnd?.(controller, trailers));
      },
      onResponseError: (controller, error) => {
        this.#underWay.delete(controller);
        pass(() => handler.onResponseError?.(controller, error));
      },
    };
  }
}

function leavingOf({ method, path, body }: Dispatcher.DispatchOptions): Leaving {
  const url = new URL(path, 'http://meta.invalid');
  const fields: Record<string, unknown> =
    typeof body === 'string' && body.startsWith('{') ? JSON.parse(body) : {};
  const text = (name: string) => url.searchParams.get(name) ?? asText(fields[name]);
  const plain = url.pathname.replace(/^\/v[\d.]+/, '');
  return {
    method,
    path: plain,
    code: plain === '/oauth/access_token' ? text('code') : undefined,
    pin: plain.endsWith('/register') ? text('pin') : undefined,
  };
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
