/**
 * The text of `/dialog/hand-over.js`: posts session-logging messages and the code for FB.login, all only to the origin
 * that opened the popup, and closes it. On a last screen that stays it waits for the button, or for the window's X:
 * both count as success (Embedded Signup implementation page). On a screen in the middle it posts and lets it stand.
 */
export const HAND_OVER_SOURCE = `(function () {
  'use strict';
  var data = JSON.parse(document.getElementById('hand-over').textContent);
  var close = document.getElementById('close');

  if (data.redirect) {
    window.location.replace(data.redirect);
    return;
  }

  function post(what) {
    for (var i = 0; i < (data.repeat || 1); i += 1) window.opener.postMessage(what, data.origin);
  }

  // Each is taken off the list before it is posted, so nothing is posted twice.
  var parts = [
    function () { data.messages.forEach(post); },
    function () { if (data.login) post(data.login); },
  ];
  if (data.first === 'code') parts.reverse();

  function postRest() {
    while (parts.length > 0) parts.shift()();
  }

  function finish() {
    if (!data.delayMs || parts.length < 2) {
      postRest();
      window.close();
      return;
    }
    parts.shift()();
    window.setTimeout(function () { postRest(); window.close(); }, data.delayMs);
  }

  if (!window.opener) {
    var lost = document.getElementById('no-opener');
    var closing = document.getElementById('closing');
    if (lost) lost.hidden = false;
    if (closing) closing.hidden = true;
    if (close) close.addEventListener('click', function () { window.close(); });
    return;
  }
  if (!close) {
    postRest();
    return;
  }
  close.addEventListener('click', finish);
  // The window's X. What Chromium's window posts in pagehide does not arrive; a browser without beforeunload has only
  // that. The screen has no link and no form, so nothing but closing, a reload or the history leads away from it.
  window.addEventListener('beforeunload', postRest);
  window.addEventListener('pagehide', postRest);
  if (!data.stays) finish();
})();
`;
