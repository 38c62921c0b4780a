/**
 * The text of `/dialog/hand-over.js`: posts the session-logging messages, then the code for FB.login, both only to
 * the origin that opened the popup, and closes it.
 */
export const HAND_OVER_SOURCE = `(function () {
  'use strict';
  var data = JSON.parse(document.getElementById('hand-over').textContent);
  document.getElementById('close').addEventListener('click', function () { window.close(); });
  if (!window.opener) {
    document.getElementById('no-opener').hidden = false;
    document.getElementById('closing').hidden = true;
    return;
  }
  data.messages.forEach(function (message) { window.opener.postMessage(message, data.origin); });
  if (data.login) window.opener.postMessage(data.login, data.origin);
  window.close();
})();
`;
