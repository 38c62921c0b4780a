// Runs before everything else on each page: counts what a page is left with, and keeps what it is told.
(() => {
  /** Whether the widget called what calls this: the SDK's timers are the SDK's, also when the widget called the SDK. */
  const ours = () => new Error('who').stack.split('\n')[3]?.includes('/widget/');
  const listeners = new Map();
  const timers = new Set();
  const watch = {
    /** Listeners on the window and the document, and timers that are pending, of the widget's own. */
    counts: () => ({
      listeners: [...listeners.values()].map(({ type }) => type),
      timers: timers.size,
    }),
    messages: 0,
    told: [],
    violations: [],
    errors: [],
  };
  window.watch = watch;

  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const keyOf = (target, type, how) => `${target === window} ${type} ${Object(how).capture ?? how === true}`;
  EventTarget.prototype.addEventListener = function (type, listener, how) {
    const target = this ?? window;
    const { signal, once } = Object(how);
    const counted = (target === window || target === document) && listener && !signal?.aborted && ours();
    if (!counted) return add.call(target, type, listener, how);
    const key = keyOf(target, type, how);
    const same = ([, entry]) => entry.key === key && entry.listener === listener;
    if ([...listeners].some(same)) return add.call(target, type, listener, how);
    const id = Symbol(type);
    listeners.set(id, { key, type, listener });
    if (signal) add.call(signal, 'abort', () => listeners.delete(id));
    if (once) add.call(target, type, () => listeners.delete(id), { once: true });
    return add.call(target, type, listener, how);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, how) {
    const target = this ?? window;
    for (const [id, entry] of listeners) {
      if (entry.key === keyOf(target, type, how) && entry.listener === listener) listeners.delete(id);
    }
    return remove.call(target, type, listener, how);
  };

  for (const [set, clear, repeats] of [
    ['setTimeout', 'clearTimeout', false],
    ['setInterval', 'clearInterval', true],
  ]) {
    const start = window[set];
    const end = window[clear];
    window[set] = (run, ms, ...rest) => {
      const counted = ours();
      const id = start(
        (...given) => {
          if (!repeats) timers.delete(id);
          return run(...given);
        },
        ms,
        ...rest,
      );
      if (counted) timers.add(id);
      return id;
    };
    window[clear] = (id) => {
      timers.delete(id);
      end(id);
    };
  }

  // Before the widget's own, and the SDK's.
  add.call(window, 'message', () => (watch.messages += 1));
  add.call(window, 'error', ({ message }) => watch.errors.push(message));
  add.call(window, 'unhandledrejection', ({ reason }) => watch.errors.push(String(reason)));
  add.call(document, 'securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    watch.violations.push(`${effectiveDirective} ${blockedURI}`),
  );
  for (const name of ['ready', 'launch', 'step', 'claim', 'registered', 'cancel', 'error']) {
    add.call(document, `signup-${name}`, ({ type, target, status, step, claim, problem }) =>
      watch.told.push({ type, from: target.id, status, step, claim: claim?.status, code: problem?.code }),
    );
  }
})();
