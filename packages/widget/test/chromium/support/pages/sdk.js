// oxlint-disable no-console -- it says its warnings where the real one does
// Stands where Facebook's JavaScript SDK stands: as much of it as Embedded Signup sees, with its awkward sides.
(() => {
  const meta = new URL(document.currentScript.src).origin;
  /** What `FB.login` waits for, by the name of its channel. */
  const waiting = new Map();
  let app;
  let calls = 0;

  addEventListener('message', ({ origin, data }) => {
    if (origin !== meta || typeof data !== 'string' || !data.startsWith('cb=')) return;
    const said = new URLSearchParams(data);
    waiting.get(said.get('cb'))?.(said.get('code'));
  });

  const init = (how) => {
    if (app) console.warn('FB.init has already been called - this could indicate a problem');
    app = how;
  };

  const login = (answer, options) => {
    if (answer.constructor.name === 'AsyncFunction') {
      throw new Error('Expression is of type asyncfunction, not function');
    }
    // As the real one: it says so, and nobody is called back.
    if (!app) return console.error('FB.login() called before FB.init().');
    calls += 1;
    const cb = `f${Math.trunc(performance.timeOrigin)}_${calls}`;
    const inApp = /FBAN|FBAV|Instagram/.test(navigator.userAgent);
    const { extras, fallback_redirect_uri: fallback, ...rest } = options;
    const asked = new URLSearchParams({
      ...rest,
      app_id: app.appId,
      client_id: app.appId,
      display: inApp ? 'touch' : 'popup',
      extras: JSON.stringify(extras),
      redirect_uri: inApp
        ? (fallback ?? location.href)
        : `${meta}/x/connect/xd_arbiter/#cb=${cb}&relation=opener`,
      cb,
    });
    const address = `${meta}/${app.version}/dialog/oauth?${asked}`;
    if (inApp) return location.assign(address);

    const popup = window.open(address, cb, 'width=600,height=679');
    // As the real one: a blocked popup is the end of it, without a word to the page.
    if (!popup) return console.warn('FB.login() popup was blocked');
    const watch = setInterval(() => {
      if (!popup.closed) return;
      clearInterval(watch);
      if (waiting.has(cb)) answer({ authResponse: null, status: 'unknown' });
    }, 100);
    waiting.set(cb, (code) => {
      clearInterval(watch);
      answer({ authResponse: { code, userID: null, expiresIn: null }, status: 'connected' });
    });
  };

  window.FB = { init, login };
  setTimeout(() => window.fbAsyncInit?.());
})();
