// @ts-check
import { badge, element, timeOf } from '../dom.js';
import { daysInWords, isVerifiable, nextInWords, stateWord } from './number-words.js';
import { customer, row } from './table.js';

/** @import { NumberItem } from './number-words.js' */

/**
 * One number of the pool, with what can be done about it.
 *
 * @param {NumberItem} number
 * @param {Record<string, string>} names of customers, by id
 */
export function numberRow(number, names) {
  const { word, mood } = stateWord(number.state);
  return row(`number-${number.id}`, [
    element(
      'div',
      {},
      element('strong', { class: 'digits' }, number.displayPhoneNumber),
      element('small', {}, number.country ?? ''),
    ),
    badge(word, mood),
    verification(number),
    holderOf(number, names),
    element('div', { class: 'row-actions' }, ...actionsOf(number).map((name) => button(name, number))),
  ]);
}

/**
 * Until when the number is verified; of one that is not, what happens to it.
 *
 * @param {NumberItem} number
 */
function verification(number) {
  const { verificationExpiresAt, next, state } = number;
  const cell = element('div');
  const words = daysInWords(number);
  if (words !== undefined) {
    if (verificationExpiresAt !== undefined) cell.append(timeOf(verificationExpiresAt, { withClock: false }));
    cell.append(element('small', {}, words));
  }
  if (state === 'unverified' && next !== undefined) {
    cell.append(element('small', {}, `${nextInWords(next.what)} `, timeOf(next.at, { withClock: false })));
  }
  return cell.hasChildNodes() ? cell : undefined;
}

/**
 * @param {NumberItem} number
 * @param {Record<string, string>} names
 */
function holderOf({ state, claimedBy, heldBy, heldForClaim }, names) {
  if (claimedBy !== undefined) return customer(claimedBy, names);
  if (state === 'held' && heldForClaim !== undefined) return 'Set aside for a claim';
  if (state !== 'held' || heldBy === undefined) return undefined;
  return heldBy === '' ? 'Nobody: it is being deleted, or may be on an account' : customer(heldBy, names);
}

/** @typedef {'verify' | 'attach' | 'share' | 'delete' | 'details'} NumberAction */

/**
 * @param {NumberItem} number
 * @returns {NumberAction[]}
 */
function actionsOf(number) {
  const { state } = number;
  const isVerified = state === 'free' || state === 'held';
  return [
    ...(isVerifiable(number) ? /** @type {const} */ (['verify']) : []),
    ...(state === 'free' ? /** @type {const} */ (['attach']) : []),
    ...(isVerified ? /** @type {const} */ (['share']) : []),
    ...(state === 'gone' ? [] : /** @type {const} */ (['delete'])),
    'details',
  ];
}

/** @type {Readonly<Record<NumberAction, string>>} */
const texts = {
  verify: 'Verify',
  attach: 'Put on account',
  share: 'Share',
  delete: 'Delete',
  details: 'Details',
};

/**
 * @param {NumberAction} action
 * @param {NumberItem} number
 */
function button(action, { id, displayPhoneNumber }) {
  return element(
    'button',
    {
      type: 'button',
      class: 'quiet',
      // The same in the next row that is made of this number: the focus is found again by it.
      id: `${action}-${id}`,
      'data-action': action,
      'data-number': id,
      'aria-haspopup': 'dialog',
    },
    texts[action],
    // Read out only: a list of buttons that are all called “Delete” is of no use.
    element('span', { class: 'unseen' }, ` ${displayPhoneNumber}`),
  );
}
