/**
 * The text of `sdk.js`: as much of Facebook's JavaScript SDK as Embedded Signup uses, with its popup at `origin`.
 * It keeps the real one's awkward sides (FB.login reference, public reports): a blocked popup is only logged and
 * the callback never fires; a popup closed early is noticed by polling; the code travels as a `cb=…` text message
 * that every listener of the page sees too; and at first there is only a stand-in that keeps calls for later, so that a
 * `FB.login` of that moment comes outside of its click. With `redirects` it opens no popup, as in the browsers inside other apps:
 * the page itself goes to the dialog, and nothing calls back.
 */
export function sdkSource({
  origin,
  version,
  redirects,
}: {
  origin: string;
  version: string;
  redirects: boolean;
}): string {
  return `/* Simulated Meta: nothing here is real. */
(function (window) {
  'use strict';
  if (window.FB) return;

  var DIALOG_ORIGIN = ${JSON.stringify(origin)};
  var REDIRECTS = ${JSON.stringify(redirects)};
  var POLL_MS = 100;
  var settings = null;

  function nothing() {}

  function report(message) {
    window.console.error('[simulated FB] ' + message);
  }

  function init(options) {
    if (!options || !options.version) throw new Error('init not called with valid version');
    settings = options;
  }

  function dialogUrl(options, more) {
    var query = new URLSearchParams({ app_id: String(settings.appId), sdk: 'joey', origin: window.location.origin });
    Object.keys(more).forEach(function (name) { query.set(name, more[name]); });
    Object.keys(options).forEach(function (name) {
      var value = options[name];
      if (value === undefined || value === null) return;
      query.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
    });
    return DIALOG_ORIGIN + '/' + (settings.version || ${JSON.stringify(version)}) + '/dialog/oauth?' + query;
  }

  function login(callback, options) {
    if (!settings) {
      report('FB.login() called before FB.init().');
      return;
    }
    if (REDIRECTS) {
      // Without a fallback the real one comes back to the page's own address, and strict mode refuses one with a query.
      var back = (options && options.fallback_redirect_uri) || window.location.href.split('#')[0];
      window.location.assign(dialogUrl(options || {}, { display: 'touch', redirect_uri: String(back) }));
      return;
    }
    var channel = 'f' + Math.random().toString(16).slice(2);
    var url = dialogUrl(options || {}, { display: 'popup', cb: channel });
    var popup = window.open(url, '_blank', 'popup,width=600,height=720');
    if (!popup) {
      report('The popup was blocked. FB.login() must be called from a click.');
      return;
    }
    var closedBefore = false;
    var timer = window.setInterval(function () {
      if (!popup.closed) return;
      // One more round: a message posted just before the window closed may still be on its way.
      if (closedBefore) finish({ authResponse: null, status: 'unknown' });
      closedBefore = true;
    }, POLL_MS);
    window.addEventListener('message', receive);

    function receive(event) {
      if (event.origin !== DIALOG_ORIGIN || event.source !== popup || typeof event.data !== 'string') return;
      var message = new URLSearchParams(event.data);
      if (message.get('cb') !== channel || !message.get('code')) return;
      finish({ authResponse: { code: message.get('code') }, status: 'connected' });
    }

    function finish(response) {
      window.clearInterval(timer);
      window.removeEventListener('message', receive);
      if (typeof callback === 'function') callback(response);
    }
  }

  function withoutSession(callback) {
    if (typeof callback !== 'function') return;
    window.setTimeout(function () { callback({ authResponse: null, status: 'unknown' }); }, 0);
  }

  var sdk = {
    init: init,
    login: login,
    logout: withoutSession,
    getLoginStatus: withoutSession,
    getAuthResponse: function () { return null; },
    AppEvents: { logEvent: nothing, logPageView: nothing },
    Event: { subscribe: nothing, unsubscribe: nothing },
    XFBML: { parse: nothing },
  };

  // As the real file: first an object that only writes the calls down; then the SDK in its place, which makes them.
  var calls = [];
  var loader = { __buffer: { calls: calls } };
  ['init', 'login', 'logout', 'getLoginStatus'].forEach(function (name) {
    loader[name] = function () { calls.push([name, arguments]); };
  });
  window.FB = loader;

  window.setTimeout(function () {
    window.FB = sdk;
    calls.forEach(function (call) { sdk[call[0]].apply(sdk, call[1]); });
    var ready = window.fbAsyncInit;
    if (typeof ready !== 'function' || ready.hasRun) return;
    ready.hasRun = true;
    ready();
  }, 0);
})(window);
`;
}
