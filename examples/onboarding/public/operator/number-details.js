// @ts-check
import { badge, element, pair, timeOf } from '../dom.js';
import { call } from './api.js';
import { openDialog } from './dialog.js';
import { daysInWords, nextInWords, stateWord } from './number-words.js';
import { row } from './table.js';

/** @import { NumberItem } from './number-words.js' */

/** @typedef {{ id: string, kind: string, at: string, who: string, method?: string, outcome: string, reason?: string }} Call */

/** @type {Readonly<Record<string, string | undefined>>} */
const kinds = { add: 'Added to the pool', verify_code: 'Code handed in' };

/** @type {Readonly<Record<string, string | undefined>>} */
const outcomes = {
  done: 'Done',
  refused: 'Refused',
  not_sent: 'Not sent',
  unsure: 'Nobody knows',
  unknown: 'Not known yet',
};

/**
 * Shows all that is known of a number: how it stands, what happens next, and every call about it.
 *
 * @param {NumberItem} listed
 */
export function showDetails({ id, displayPhoneNumber }) {
  const dialog = openDialog('details', displayPhoneNumber);
  void dialog.run(async () => {
    /** @type {{ number: NumberItem, calls: Call[] }} */
    const { number, calls } = await call('GET', `numbers/${id}`);
    dialog.part('dl').replaceChildren(...factsOf(number).flatMap(([name, fact]) => pair(name, fact)));
    dialog.part('tbody').replaceChildren(...calls.map(callRow));
    dialog.part('.scroll').hidden = calls.length === 0;
    dialog.part('.no-calls').hidden = calls.length > 0;
  });
}

/**
 * @param {NumberItem} number
 * @returns {[string, Node | string | undefined][]}
 */
function factsOf(number) {
  const { next } = number;
  const { word, mood } = stateWord(number.state);
  const holder = number.claimedBy ?? (number.heldBy || undefined);
  return [
    ['State', badge(word, mood)],
    ['Customer', holder],
    ['Held until', time(number.heldUntil)],
    ['Claimed', time(number.claimedAt)],
    ['Meta says', number.verificationStatus],
    ['Verified until', time(number.verificationExpiresAt, daysInWords(number))],
    ['Can be verified again from', time(number.renewableFrom)],
    ['What happens next', next && element('span', {}, `${nextInWords(next.what)} `, timeOf(next.at))],
    ['Owner', number.ownerBusinessId],
    ['Meta’s id', element('code', {}, number.id)],
  ];
}

/**
 * @param {string | undefined} iso
 * @param {string} [words]
 */
function time(iso, words) {
  if (iso === undefined) return undefined;
  return element('span', {}, timeOf(iso), words === undefined ? '' : ` (${words})`);
}

/** @param {Call} call */
function callRow({ id, kind, at, who, method, outcome, reason }) {
  const by = method === 'VOICE' ? 'call' : 'text';
  const what = kind === 'request_code' ? `Code asked for by ${by}` : (kinds[kind] ?? kind);
  const ended = element('span', {}, outcomes[outcome] ?? outcome);
  if (reason !== undefined) ended.append(' ', element('code', {}, reason));
  return row(`call-${id}`, [timeOf(at), what, who, ended]);
}
