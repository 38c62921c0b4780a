// @ts-check
import { call } from './api.js';
import { isUnderWay } from './claim-actions.js';
import { openDialog } from './dialog.js';

/** @import { ClaimItem } from './claim-row.js' */

/** Milliseconds. */
const betweenLooks = 700;
const mostLooks = 30;

/**
 * Has a claim tried again, and waits to see what becomes of it.
 *
 * @param {ClaimItem} claim
 * @param {string} name
 * @param {(done?: string) => void} changed
 */
export function retryClaim({ id, reason }, name, changed) {
  const dialog = openDialog('retry', name);
  const closed = new AbortController();
  dialog.onClose(() => closed.abort());
  dialog.part('.why').textContent = reason?.message ?? '';

  dialog.onSubmit('.retry', async () => {
    /** @type {{ claim: ClaimItem }} */
    const { claim: begun } = await call('POST', `claims/${id}/retry`);
    dialog.part('.why').textContent = '';
    dialog.say('The kit is at it …');
    changed();
    const claim = await outcomeOf(begun, closed.signal);
    if (closed.signal.aborted) return;
    changed();
    if (claim?.status === 'registered') {
      dialog.close();
      changed(`${name} is registered.`);
      return;
    }
    if (claim?.reason !== undefined) throw new Error(claim.reason.message);
    dialog.say('The table says how it stands now.');
  });
}

/**
 * Looks at a claim until the kit is done with it, or says anew what is in the way; `undefined` where that takes too long.
 *
 * @param {ClaimItem} begun
 * @param {AbortSignal} signal nobody waits any more
 */
async function outcomeOf(begun, signal) {
  for (let look = 0; look < mostLooks && !signal.aborted; look += 1) {
    /** @type {{ claim: ClaimItem }} */
    const { claim } = await call('GET', `claims/${begun.id}`);
    if (!isUnderWay(claim) || claim.reason?.message !== begun.reason?.message) return claim;
    await new Promise((resolve) => window.setTimeout(resolve, betweenLooks));
  }
  return undefined;
}
