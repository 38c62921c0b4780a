import { compileFunction } from 'node:vm';
import { Window } from 'happy-dom';
import { vi } from 'vitest';
import type { Simulator } from '../../../src/index.ts';
import type { Screen } from '../../support/popup-client.ts';

/** The last screen in a window, with its script run; timers fire only when told. */
export async function lastWindow(simulator: Simulator, screen: Screen, { hasOpener = true } = {}) {
  const posted: unknown[][] = [];
  const close = vi.fn<() => void>();
  const replace = vi.fn<(url: string) => void>();
  const timers: { run: () => void; ms: number }[] = [];
  const window = new Window();
  const { document } = window;
  document.write(screen.html);
  const source = await (await fetch(`${simulator.url}/dialog/hand-over.js`)).text();
  const fake = {
    opener: hasOpener ? { postMessage: (...args: unknown[]) => posted.push(args) } : null,
    close,
    location: { replace },
    addEventListener: (name: string, listener: () => void) => window.addEventListener(name, () => listener()),
    setTimeout: (run: () => void, ms: number) => timers.push({ run, ms }),
  };
  compileFunction(source, ['window', 'document'])(fake, document);
  return {
    posted,
    close,
    replace,
    timers,
    kinds: () =>
      posted.map(([what]) =>
        typeof what === 'string' && what.startsWith('cb=')
          ? 'code'
          : typeof what === 'string'
            ? 'message'
            : 'object',
      ),
    isHidden: (id: string) => document.getElementById(id)?.hasAttribute('hidden'),
    pressClose: () => document.getElementById('close')?.dispatchEvent(new window.Event('click')),
    /** What the window's X does, from the first event on or only the last. */
    hide: (names: readonly string[] = ['beforeunload', 'pagehide']) => {
      for (const name of names) window.dispatchEvent(new window.Event(name));
    },
  };
}
