// @ts-check
import { byId } from '../dom.js';
import { addNumbers } from './add-numbers.js';
import { call, sentenceOf } from './api.js';
import { needsStaff } from './claim-actions.js';
import { claimName, claimRow } from './claim-row.js';
import { deleteNumber } from './delete-number.js';
import { dismissClaim } from './dismiss-claim.js';
import { showDetails } from './number-details.js';
import { numberRow } from './number-row.js';
import { putOnAccount } from './put-on-account.js';
import { retryClaim } from './retry-claim.js';
import { showService } from './service-details.js';
import { shareNumber } from './share-number.js';
import { fill, hintAtScrolling } from './table.js';
import { verifyClaim } from './verify-claim.js';
import { verifyNumber } from './verify-number.js';

/** @import { ClaimItem } from './claim-row.js' */
/** @import { NumberItem } from './number-words.js' */

/** @typedef {{ numbers: Record<string, number> }} Overview how many numbers stand where, in the whole pool */

const refreshEvery = 3000;
const most = 200;

/** @type {Record<string, string>} */
const customerNames = JSON.parse(byId('operator').dataset.customers ?? '{}');
const syncButton = byId('sync');

/** @typedef {(done?: string) => void} Changed */

/** What the buttons of a number open. @type {Record<string, (number: NumberItem, changed: Changed) => void>} */
const numberActions = {
  verify: verifyNumber,
  attach: (number, done) => putOnAccount(number, claims, customerNames, done),
  share: shareNumber,
  delete: deleteNumber,
  details: showDetails,
};

/** What the buttons of a claim open. @type {Record<string, (claim: ClaimItem, name: string, changed: Changed) => void>} */
const claimActions = {
  service: showService,
  verify: verifyClaim,
  retry: retryClaim,
  dismiss: dismissClaim,
};

/** @type {NumberItem[]} */
let numbers = [];
/** @type {ClaimItem[]} */
let claims = [];
let timer = 0;
let busy = false;

syncButton.addEventListener('click', () => void syncPool());
byId('add').addEventListener('click', () => addNumbers(changed));
byId('numbers').addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null;
  const number = numbers.find(({ id }) => id === button?.dataset.number);
  if (number !== undefined) numberActions[button?.dataset.action ?? '']?.(number, changed);
});
byId('claims').addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null;
  const claim = claims.find(({ id }) => id === button?.dataset.claim);
  if (claim === undefined) return;
  claimActions[button?.dataset.action ?? '']?.(claim, claimName(claim, customerNames), changed);
});
document.addEventListener('visibilitychange', () => void refresh());
hintAtScrolling();
void refresh();

/** Shows what the server knows, now and every few seconds while somebody looks. */
async function refresh() {
  window.clearTimeout(timer);
  if (document.hidden || busy) return;
  busy = true;
  try {
    /** @type {[{ numbers: NumberItem[], nextCursor?: string }, { claims: ClaimItem[], nextCursor?: string }, Overview]} */
    const [pool, known, overview] = await Promise.all([
      call('GET', `numbers?sort=expires&limit=${most}`),
      call('GET', `claims?limit=${most}`),
      call('GET', 'overview'),
    ]);
    numbers = pool.numbers;
    claims = known.claims;
    fill('numbers', numbers, (number) => numberRow(number, customerNames), pool.nextCursor !== undefined);
    fill('claims', claims, (claim) => claimRow(claim, customerNames), known.nextCursor !== undefined);
    for (const state of ['free', 'held', 'claimed', 'unverified', 'lapsed']) {
      count(state, overview.numbers[state] ?? 0);
    }
    count('attention', claims.filter(needsStaff).length);
    byId('updated').textContent = `Up to date at ${new Date().toLocaleTimeString('en-GB')}`;
    problem('');
    window.dispatchEvent(new CustomEvent('pool', { detail: numbers }));
    window.dispatchEvent(new CustomEvent('claims', { detail: claims }));
  } catch (error) {
    problem(`${sentenceOf(error)} Trying again …`);
  } finally {
    busy = false;
    timer = window.setTimeout(() => void refresh(), refreshEvery);
  }
}

async function syncPool() {
  // `disabled` would throw the keyboard's focus away.
  if (syncButton.ariaDisabled === 'true') return;
  syncButton.ariaDisabled = 'true';
  say('Asking Meta …');
  try {
    /** @type {{ listed: number, gone: number }} */
    const { listed, gone } = await call('POST', 'numbers/sync');
    say(`Meta lists ${listed} numbers${gone > 0 ? `; ${gone} left the list` : ''}.`);
  } catch (error) {
    say(sentenceOf(error));
  }
  syncButton.ariaDisabled = null;
  await refresh();
}

/**
 * Something was done in a dialog: says so, and shows how the pool stands now.
 *
 * @param {string} [done]
 */
function changed(done) {
  if (done !== undefined) say(done);
  void refresh();
}

/**
 * @param {string} id
 * @param {number} value
 */
function count(id, value) {
  const shown = byId(`count-${id}`);
  shown.textContent = String(value);
  // So that the stylesheet can leave a zero uncoloured.
  shown.dataset.value = String(value);
}

/** @param {string} text */
function say(text) {
  byId('done').textContent = text;
}

/** @param {string} text */
function problem(text) {
  byId('problem').textContent = text;
  byId('problem').hidden = text === '';
}
