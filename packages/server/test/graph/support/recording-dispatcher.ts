import { Dispatcher } from 'undici';

/** A call, as it would have gone out. */
export interface Recorded {
  origin: string;
  path: string;
  /** The path without parameters. */
  pathname: string;
  query: Record<string, string>;
  method: string;
  headers: Record<string, string>;
  body: unknown;
}

/** What the other side answers, or how the connection fails. */
export type Reply =
  | { status?: number; headers?: Record<string, string>; body: unknown }
  | { failsWith: string; before: 'sending' | 'answering' }
  /** As undici does after some losses of a connection: the same call, put back into its queue and begun again. */
  | { beginsAgain: unknown };

/** Stands in the place of undici: records every call and answers it at once. */
export class RecordingDispatcher extends Dispatcher {
  readonly calls: Recorded[] = [];
  reply: (call: Recorded) => Reply;

  constructor(reply: (call: Recorded) => Reply = () => ({ body: { id: '1', success: true } })) {
    super();
    this.reply = reply;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const url = new URL(options.path, 'http://recorded.invalid');
    const call: Recorded = {
      origin: String(options.origin),
      path: options.path,
      pathname: url.pathname,
      query: Object.fromEntries(url.searchParams),
      method: options.method,
      headers: Object.fromEntries(
        Object.entries(options.headers ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      body: typeof options.body === 'string' ? JSON.parse(options.body) : undefined,
    };
    this.calls.push(call);
    const reply = this.reply(call);
    // In a turn of its own, as from a network: a client that never stops must not stop the test’s clock as well.
    setImmediate(() => answer(reply, handler));
    return true;
  }
}

function answer(reply: Reply, handler: Dispatcher.DispatchHandler): void {
  let aborted: Error | undefined;
  const controller: Dispatcher.DispatchController = {
    get aborted() {
      return aborted !== undefined;
    },
    paused: false,
    get reason() {
      return aborted ?? null;
    },
    abort: (reason) => void (aborted = reason),
    pause: () => undefined,
    resume: () => undefined,
  };
  const fail = (code: string) =>
    handler.onResponseError?.(controller, Object.assign(new Error('CANARY in a message'), { code }));
  if ('failsWith' in reply && reply.before === 'sending') {
    fail(reply.failsWith);
    return;
  }
  handler.onRequestStart?.(controller, {});
  if ('beginsAgain' in reply) {
    handler.onRequestStart?.(controller, {});
    if (aborted === undefined) answer({ body: reply.beginsAgain }, handler);
    return;
  }
  if ('failsWith' in reply) {
    fail(reply.failsWith);
    return;
  }
  handler.onResponseStart?.(controller, reply.status ?? 200, reply.headers ?? {}, 'OK');
  const { body } = reply;
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  handler.onResponseData?.(controller, bytes);
  handler.onResponseEnd?.(controller, {});
}
