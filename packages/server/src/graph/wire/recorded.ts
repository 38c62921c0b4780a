import type { Dispatcher } from 'undici';
import type { Exchange } from '../../ports/preflight.ts';

/** Keeps every answer that comes through a dispatcher, as it came, beside whoever reads it. */
export function recorded(
  dispatcher: Dispatcher,
  now: () => number,
): { dispatcher: Dispatcher; exchanges: Exchange[] } {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    dispatcher: dispatcher.compose((dispatch) => (call, handler) => {
      const chunks: Buffer[] = [];
      let head: Pick<Exchange, 'status' | 'headers' | 'answeredAt'> | undefined;
      return dispatch(call, {
        onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
        onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
        onResponseStart(controller, status, headers, message) {
          head = { status, headers, answeredAt: now() };
          handler.onResponseStart?.(controller, status, headers, message);
        },
        onResponseData(controller, chunk) {
          chunks.push(chunk);
          handler.onResponseData?.(controller, chunk);
        },
        onResponseEnd(controller, trailers) {
          if (head !== undefined) {
            const body = Buffer.concat(chunks).toString('utf8');
            exchanges.push({ method: call.method, path: call.path, ...head, body });
          }
          handler.onResponseEnd?.(controller, trailers);
        },
        onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
      });
    }),
  };
}
