// @ts-check
import { openDialog } from './dialog.js';
import { enterCode } from './enter-code.js';

/** @import { NumberItem } from './number-words.js' */

/**
 * Has Meta send a code to a number, and hands it in.
 *
 * @param {NumberItem} number
 * @param {(done?: string) => void} changed
 */
export function verifyNumber({ id, displayPhoneNumber, verificationExpiresAt }, changed) {
  const dialog = openDialog('verify', displayPhoneNumber);

  enterCode(dialog, {
    path: `numbers/${id}`,
    number: displayPhoneNumber,
    asked: changed,
    verified() {
      dialog.close();
      changed(`${displayPhoneNumber} is verified.`);
    },
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
