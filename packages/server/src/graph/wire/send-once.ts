import type { Dispatcher } from 'undici';
import type { Timer } from '../../ports/clock.ts';
import type { Headers } from '../usage-headers.ts';
import type { Slots } from './slots.ts';
import type { WireRequest } from './wire-request.ts';

/** How long the parts of one attempt may take, milliseconds, and how much may come back, bytes. */
export interface AttemptLimits {
  /** Until the call can go out. */
  connect: number;
  /** From then until the answer begins. */
  headers: number;
  /** Between two pieces of the answer. */
  body: number;
  /** All of it: an answer that drips in byte by byte resets the other clocks again and again. */
  whole: number;
  mostBytes: number;
}

/** An answer, complete. */
export interface WireAnswer {
  status: number;
  headers: Headers;
  body: Buffer;
}

/** No complete answer came. */
export class SendFailure extends Error {
  override readonly name = 'SendFailure';
  /** `false`: the connection was never there, or was not used. `unknown`: the call may have gone out. */
  readonly sent: false | 'unknown';
  /** The answer grew beyond `mostBytes`: there was one, and it is none of Meta's. */
  readonly tooLarge: boolean;

  /** @param why a word: a code of Node's or undici's, or one of ours. Never a message, which can hold an address. */
  constructor(why: string, sent: false | 'unknown', tooLarge = false) {
    super(why);
    this.sent = sent;
    this.tooLarge = tooLarge;
  }
}

/** What an attempt is made of. */
export interface SendDeps {
  dispatcher: Dispatcher;
  timer: Timer;
  slots: Slots;
}

/**
 * Sends one call once and reads its whole answer. It uses undici's `dispatch`, below `request`, for three things: undici
 * tells when a call leaves (`onRequestStart`), so what surely was not sent is known, not guessed; its own time-outs go by a
 * clock that ticks every half second; and it follows no redirects.
 *
 * @throws SendFailure
 */
export function sendOnce(
  { dispatcher, timer, slots }: SendDeps,
  request: WireRequest,
  limits: AttemptLimits,
  signal: AbortSignal | undefined,
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let head: { status: number; headers: Headers } | undefined;
    let over = false;
    let handedOver = false;
    let size = 0;
    const chunks: Buffer[] = [];

    const fail = (why: string, tooLarge = false) => {
      if (!end()) return;
      // Takes the connection down with it: what still comes on it belongs to nobody.
      controller?.abort(new Error(why));
      // What undici has and did not begin keeps its place until undici lets go of it: there is no way to take it back.
      if (!handedOver || controller !== undefined) place.leave();
      reject(new SendFailure(why, controller === undefined ? false : 'unknown', tooLarge));
    };
    const onAbort = () => fail('ABORTED');
    const whole = timer.after(limits.whole, () => fail('DEADLINE'));
    let phase = timer.after(limits.connect, () => fail('CONNECT_TIMEOUT'));
    const next = (ms: number, why: string) => {
      phase.cancel();
      phase = timer.after(ms, () => fail(why));
    };
    function end(): boolean {
      if (over) return false;
      over = true;
      whole.cancel();
      phase.cancel();
      signal?.removeEventListener('abort', onAbort);
      return true;
    }
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        // Given up while its connection was made: aborted here, before its first byte.
        if (over) {
          started.abort(new Error('given up'));
          place.leave();
        } else if (controller === undefined) {
          controller = started;
          next(limits.headers, 'HEADERS_TIMEOUT');
        } else {
          // undici puts a call back into its queue after some losses of a connection. Who may call again is not its to say.
          started.abort(new Error('not again'));
          fail('LOST_CONNECTION');
        }
      },
      onResponseStart(_controller, status, headers) {
        if (over || status < 200) return;
        head = { status, headers };
        next(limits.body, 'BODY_TIMEOUT');
      },
      onResponseData(_controller, chunk) {
        if (over) return;
        size += chunk.length;
        if (size > limits.mostBytes) {
          fail('TOO_LARGE', true);
          return;
        }
        chunks.push(chunk);
        next(limits.body, 'BODY_TIMEOUT');
      },
      onResponseEnd() {
        if (head === undefined) fail('NO_ANSWER');
        else if (end()) resolve({ ...head, body: Buffer.concat(chunks) });
        place.leave();
      },
      onResponseError(_controller, error) {
        fail(codeOf(error));
        place.leave();
      },
    };
    const { origin, path, method, headers, body = null } = request;
    const place = slots.place(() => {
      handedOver = true;
      try {
        dispatcher.dispatch(
          { origin, path, method, headers, body, headersTimeout: 0, bodyTimeout: 0 },
          handler,
        );
      } catch (error) {
        fail(codeOf(error));
        place.leave();
      }
    });
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted === true) fail('ABORTED');
    else place.enter();
  });
}

/** Node's or undici's own word for an error. Their messages and members can hold addresses and pieces of answers. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : 'CONNECTION_FAILED';
}
