// @ts-check
import { byId } from './dom.js';
import { claimRow, needsStaff, numberRow } from './operator-rows.js';

/** @import { ClaimItem, NumberItem } from './operator-rows.js' */

const refreshEvery = 3000;
const most = 200;

/** @type {Record<string, string>} */
const customerNames = JSON.parse(byId('operator').dataset.customers ?? '{}');
const syncButton = byId('sync');

let timer = 0;
let busy = false;

syncButton.addEventListener('click', () => void syncPool());
document.addEventListener('visibilitychange', () => void refresh());
void refresh();

/** Shows what the server knows, now and every few seconds while somebody looks. */
async function refresh() {
  window.clearTimeout(timer);
  if (document.hidden || busy) return;
  busy = true;
  try {
    const [pool, claims] = await Promise.all([
      /** @type {Promise<{ numbers: NumberItem[], nextCursor?: string }>} */ (call(`numbers?limit=${most}`)),
      /** @type {Promise<{ claims: ClaimItem[], nextCursor?: string }>} */ (call(`claims?limit=${most}`)),
    ]);
    fill(
      'numbers',
      pool.numbers.map((number) => numberRow(number, customerNames)),
      pool.nextCursor,
    );
    fill(
      'claims',
      claims.claims.map((claim) => claimRow(claim, customerNames)),
      claims.nextCursor,
    );
    for (const state of ['free', 'held', 'claimed', 'unverified']) {
      count(state, pool.numbers.filter((number) => number.state === state).length);
    }
    count('attention', claims.claims.filter(needsStaff).length);
    byId('updated').textContent = `Up to date at ${new Date().toLocaleTimeString('en-GB')}`;
    problem('');
  } catch (error) {
    problem(`${error instanceof Error ? error.message : 'Something went wrong.'} Trying again …`);
  } finally {
    busy = false;
    timer = window.setTimeout(() => void refresh(), refreshEvery);
  }
}

async function syncPool() {
  // `disabled` would throw the keyboard's focus away.
  if (syncButton.ariaDisabled === 'true') return;
  syncButton.ariaDisabled = 'true';
  byId('sync-result').textContent = 'Asking Meta …';
  try {
    const { listed, gone } = /** @type {{ listed: number, gone: number }} */ (
      await call('numbers/sync', 'POST')
    );
    byId('sync-result').textContent =
      `Meta lists ${listed} numbers${gone > 0 ? `; ${gone} left the list` : ''}.`;
  } catch (error) {
    byId('sync-result').textContent = error instanceof Error ? error.message : 'That did not work.';
  }
  syncButton.ariaDisabled = null;
  await refresh();
}

/**
 * Calls the kit's operator API.
 *
 * @param {string} path
 * @param {'GET' | 'POST'} [method]
 * @returns {Promise<unknown>}
 */
async function call(path, method = 'GET') {
  const answer = await fetch(`/operator/api/${path}`, { method }).catch(() => {
    throw new Error('The server cannot be reached.');
  });
  if (answer.status === 401 || answer.status === 403) {
    // The log-in ran out, or somebody else logged in beside: the server knows where to go.
    window.location.reload();
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.detail ?? `The server answered ${answer.status}.`);
  return body;
}

/**
 * @param {string} id of the table
 * @param {HTMLTableRowElement[]} rows
 * @param {string | undefined} nextCursor
 */
function fill(id, rows, nextCursor) {
  const table = byId(id);
  table.querySelector('tbody')?.replaceChildren(...rows);
  table.hidden = rows.length === 0;
  byId(`${id}-empty`).hidden = rows.length > 0;
  byId(`${id}-more`).hidden = nextCursor === undefined;
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
function problem(text) {
  byId('problem').textContent = text;
  byId('problem').hidden = text === '';
}
