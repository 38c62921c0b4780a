import type { Caller } from '../caller.ts';
import type { Endpoint } from '../graph-request.ts';
import { listOf, type GraphList } from '../all-pages.ts';
import type { GraphPage, PageInput } from '../page.ts';

/** How one call is made. */
export interface CallOptions {
  /** Instead of the client's default token. */
  token?: string | undefined;
  /** For the call with its token, repeats and waits, milliseconds. @default limits.deadline, 8000 */
  deadline?: number | undefined;
  /** Gives the call up: it fails as `unreachable`, and `facts.sent` says whether it had gone out. */
  signal?: AbortSignal | undefined;
}

/** Makes calls with the token that is meant. */
export interface TokenCaller {
  call<Input, Output>(
    endpoint: Endpoint<Input, Output>,
    input: Input,
    options?: CallOptions,
  ): Promise<Output>;
  list<Input extends PageInput, Item>(
    action: string,
    endpoint: Endpoint<Input, GraphPage<Item>>,
    input: Input,
    options?: CallOptions,
  ): GraphList<Item>;
}

/** What finds the token of a call. */
export interface TokenCallerDeps {
  caller: Caller;
  defaultToken: string | (() => Promise<string>) | undefined;
  /** A page had entries that could not be read. */
  onUnreadable: (action: string, entries: number) => void;
}

/** Adds the token, and makes lists of pages. */
export function tokenCaller({ caller, defaultToken, onUnreadable }: TokenCallerDeps): TokenCaller {
  async function call<Input, Output>(
    endpoint: Endpoint<Input, Output>,
    input: Input,
    { token, deadline, signal }: CallOptions = {},
  ): Promise<Output> {
    const used = token ?? defaultToken;
    if (used === undefined) {
      throw new TypeError(
        'graph: this call needs a token, and the client has no default one; nothing was sent',
      );
    }
    return caller.call(endpoint, input, { token: used, within: deadline, signal });
  }
  return {
    call,
    list: (action, endpoint, input, options) =>
      listOf(action, async (after) => {
        const page = await call(endpoint, { ...input, after: after ?? input.after }, options);
        if (page.unreadable > 0) onUnreadable(action, page.unreadable);
        return page;
      }),
  };
}
