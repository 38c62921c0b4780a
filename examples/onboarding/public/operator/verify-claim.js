// @ts-check
import { openDialog } from './dialog.js';
import { enterCode } from './enter-code.js';

/** @import { ClaimItem } from './claim-row.js' */

const waiting = 'needs_verification';

/**
 * Has Meta send a code to the number of a claim, and hands it in: the kit goes on with the registration then.
 *
 * @param {ClaimItem} claim
 * @param {string} name
 * @param {(done?: string) => void} changed
 */
export function verifyClaim({ id }, name, changed) {
  const dialog = openDialog('verify', name);
  enterCode(dialog, {
    path: `claims/${id}`,
    number: name,
    asked: changed,
    /** @param {{ claim: ClaimItem }} answer */
    isOver: ({ claim }) => claim.status !== waiting,
    verified() {
      dialog.close();
      changed(`${name} is verified, and is being registered.`);
    },
  });

  // The customer has the same field on their page, and may be faster.
  /** @param {CustomEvent<ClaimItem[]>} event */
  const look = ({ detail: claims }) => {
    const now = claims.find((claim) => claim.id === id);
    if (now === undefined || now.status === waiting) return;
    dialog.part('.by-hand').hidden = true;
    dialog.say('No code is wanted any more.');
  };
  const listener = /** @type {EventListener} */ (look);
  window.addEventListener('claims', listener);
  dialog.onClose(() => window.removeEventListener('claims', listener));
}
