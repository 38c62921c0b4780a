import { compileFunction } from 'node:vm';
import { Window } from 'happy-dom';
import { vi } from 'vitest';
import type { Simulator } from '../../../src/index.ts';
import { at } from '../../support/graph-client.ts';

interface OpenedPopup {
  closed: boolean;
}

/** How a page is. */
interface PageSettings {
  blocked?: boolean;
  ready?: () => void;
  /** Whether the SDK has taken the place of its loader yet. @default unless somebody waits for it to be ready */
  loaded?: boolean;
}

/** A page at https://bsp.example with the SDK run in it; timers fire only when told. */
export async function pageWithSdk(
  simulator: Simulator,
  { blocked = false, ready, loaded = ready === undefined }: PageSettings = {},
) {
  const window = new Window({ url: 'https://bsp.example/start' });
  const popup: OpenedPopup = { closed: false };
  const opened: string[] = [];
  const errors: string[] = [];
  const timers = new Map<number, () => void>();
  const addTimer = (callback: () => void) => {
    timers.set(timers.size + 1, callback);
    return timers.size;
  };
  Object.assign(window, {
    open(url: string) {
      opened.push(url);
      return blocked ? null : popup;
    },
    setInterval: addTimer,
    setTimeout: addTimer,
    clearInterval: (id: number) => timers.delete(id),
    ...(ready && { fbAsyncInit: ready }),
  });
  Object.assign(window.console, { error: (message: string) => errors.push(message) });
  const source = await (await fetch(`${simulator.url}/en_US/sdk.js`)).text();
  compileFunction(source, ['window'])(window);
  if (loaded) {
    timers.forEach((fire) => fire());
    timers.clear();
  }
  return {
    window,
    popup,
    opened,
    errors,
    timers,
    /** Lets every timer fire once. */
    tick: () => [...timers.values()].forEach((fire) => fire()),
    call: (method: string, ...args: readonly unknown[]) => {
      const target: unknown = at(window, 'FB', method);
      if (typeof target !== 'function') throw new Error(`FB.${method} is no function`);
      return Reflect.apply(target, undefined, args);
    },
    receive(
      data: unknown,
      { origin = simulator.url, source: from = popup }: { origin?: string; source?: unknown } = {},
    ) {
      const event = new window.MessageEvent('message', { data, origin });
      Object.defineProperty(event, 'source', { value: from });
      window.dispatchEvent(event);
    },
    /** `cb` of the newest popup. */
    channel: () => new URL(opened.at(-1) ?? '').searchParams.get('cb') ?? '',
  };
}

/** What Embedded Signup gives to FB.login. */
export const OPTIONS = { config_id: '9', response_type: 'code', override_default_response_type: true };

/** A page that has opened the popup, with the callback it waits for. */
export async function loggedIn(simulator: Simulator, options = {}) {
  const page = await pageWithSdk(simulator, options);
  const callback = vi.fn<(response: unknown) => void>();
  page.call('init', { appId: simulator.appId, autoLogAppEvents: true, xfbml: true, version: 'v25.0' });
  page.call('login', callback, { ...OPTIONS, extras: { setup: { preVerifiedPhone: { ids: ['1'] } } } });
  return { ...page, callback };
}
