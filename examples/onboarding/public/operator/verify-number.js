// @ts-check
import { call } from './api.js';
import { openDialog } from './dialog.js';

/** @import { NumberItem } from './number-words.js' */

/**
 * Has Meta send a code to a number, and hands it in.
 *
 * @param {NumberItem} number
 * @param {(done?: string) => void} changed
 */
export function verifyNumber({ id, displayPhoneNumber, verificationExpiresAt }, changed) {
  const dialog = openDialog('verify', displayPhoneNumber);

  dialog.onSubmit('.request', async (sent) => {
    const method = sent('method');
    await call('POST', `numbers/${id}/code`, { method });
    const what = method === 'VOICE' ? 'Meta calls' : 'Meta sends a text to';
    dialog.say(`${what} ${displayPhoneNumber}. The newest code counts, for 10 minutes.`);
    dialog.part('[name=code]').focus();
    changed();
  });

  dialog.onSubmit('.submit', async (sent) => {
    await call('POST', `numbers/${id}/verification`, { code: sent('code') });
    dialog.close();
    changed(`${displayPhoneNumber} is verified.`);
  });

  // Its text may come in by itself while somebody waits for it here.
  /** @param {CustomEvent<NumberItem[]>} event */
  const look = ({ detail: numbers }) => {
    const now = numbers.find((number) => number.id === id);
    if (now?.state !== 'free' || now.verificationExpiresAt === verificationExpiresAt) return;
    dialog.part('.by-hand').hidden = true;
    dialog.say(`${displayPhoneNumber} is verified: its code came in by text.`);
  };
  const listener = /** @type {EventListener} */ (look);
  window.addEventListener('pool', listener);
  dialog.onClose(() => window.removeEventListener('pool', listener));
}
