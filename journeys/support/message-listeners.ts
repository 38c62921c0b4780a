import type { BrowserContext, Page } from 'playwright-core';

/** Makes every page of a browser count who listens to messages on its window. To be called before the page is opened. */
export async function countMessageListeners(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const live = new Set<unknown>();
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      if (this === window && type === 'message' && listener !== null) {
        live.add(listener);
        const signal = typeof options === 'object' ? options.signal : undefined;
        if (signal) add.call(signal, 'abort', () => live.delete(listener));
      }
      add.call(this, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      if (this === window && type === 'message') live.delete(listener);
      remove.call(this, type, listener, options);
    };
    Reflect.set(window, 'messageListeners', () => live.size);
  });
}

/** How many listen on this page's window now. */
export function messageListeners(page: Page): Promise<number> {
  return page.evaluate(() => {
    const count: unknown = Reflect.get(window, 'messageListeners');
    if (typeof count !== 'function') throw new Error('The page was opened before anything counted.');
    return Number(count());
  });
}
