import type { Caller } from '../caller.ts';
import type { AppSubscription } from '../../ports/preflight.ts';
import { accessToken } from '../endpoints/access-token.ts';
import { listAppSubscriptions } from '../endpoints/app-subscriptions.ts';
import { debugToken, type DebuggedToken } from '../endpoints/debug-token.ts';
import type { CallOptions } from './call-options.ts';

/** What is known of a customer's token right after the exchange. */
export interface ExchangedToken {
  accessToken: string;
  /** Milliseconds UTC; `undefined` when it does not expire. */
  expiresAt: number | undefined;
}

/** Calls of the app itself: they need no token. */
export interface OAuthCalls {
  /**
   * `GET /oauth/access_token`: turns the popup's code into the customer's token. Made once, whatever happens: the code works
   * once, and lives 30 seconds.
   *
   * @throws GraphError, among others `code_used`, `code_expired`, `code_refused`, `auth`
   */
  accessToken(
    input: { code: string; redirectUri?: string | undefined },
    options?: Omit<CallOptions, 'token'>,
  ): Promise<ExchangedToken>;
  /** `GET /debug_token`: what a token is good for. A token that is not valid is `valid: false`. @throws GraphError */
  debugToken(token: string, options?: Omit<CallOptions, 'token'>): Promise<DebuggedToken>;
  /** `GET /<APP_ID>/subscriptions`: which webhooks the app is subscribed to, and where they go. @throws GraphError */
  subscriptions(options?: Omit<CallOptions, 'token'>): Promise<AppSubscription[]>;
}

/** What these calls are made of. */
export interface OAuthDeps {
  caller: Caller;
  appId: string;
  appSecret: string;
  now: () => number;
}

/** Calls of the app itself. */
export function oauthCalls({ caller, appId, appSecret, now }: OAuthDeps): OAuthCalls {
  const appToken = `${appId}|${appSecret}`;
  return {
    async accessToken({ code, redirectUri }, { deadline, signal } = {}) {
      const asked = now();
      const { accessToken: value, expiresInSeconds } = await caller.call(
        accessToken,
        { appId, appSecret, code, redirectUri },
        { token: undefined, within: deadline, signal },
      );
      return {
        accessToken: value,
        expiresAt: expiresInSeconds === undefined ? undefined : asked + expiresInSeconds * 1000,
      };
    },
    debugToken: (token, { deadline, signal } = {}) =>
      caller.call(debugToken, { token }, { token: appToken, within: deadline, signal }),
    subscriptions: ({ deadline, signal } = {}) =>
      caller.call(listAppSubscriptions, { appId }, { token: appToken, within: deadline, signal }),
  };
}
