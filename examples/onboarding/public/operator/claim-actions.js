// @ts-check

/** @import { ClaimItem } from './claim-row.js' */

/** @typedef {'service' | 'verify' | 'retry' | 'dismiss'} ClaimAction */

/**
 * What staff can do about a claim, by its status. The kit has the last word, and says so where it refuses.
 *
 * @type {Readonly<Record<string, readonly ClaimAction[] | undefined>>}
 */
const ofStatus = {
  registered: ['service'],
  needs_verification: ['verify', 'retry'],
  needs_operator: ['retry', 'dismiss'],
  needs_signup: ['retry', 'dismiss'],
  no_number: ['retry', 'dismiss'],
  rejected: ['retry', 'dismiss'],
};

/**
 * The same while the kit is at it, once it has said what is in the way: it may be waiting for hours.
 *
 * @type {Readonly<Record<string, readonly ClaimAction[] | undefined>>}
 */
const whileWaiting = {
  received: ['retry', 'dismiss'],
  proven: ['retry'],
  registering: ['retry'],
};

/**
 * @param {ClaimItem} claim
 * @returns {readonly ClaimAction[]}
 */
export function actionsOf(claim) {
  const { status, reason } = claim;
  return ofStatus[status] ?? (reason === undefined ? undefined : whileWaiting[status]) ?? [];
}

/**
 * Whether the kit goes on with it by itself.
 *
 * @param {ClaimItem} claim
 */
export function isUnderWay({ status }) {
  return status in whileWaiting;
}

/**
 * Whether nothing goes on until somebody acts.
 *
 * @param {ClaimItem} claim
 */
export function needsStaff({ status }) {
  return status === 'needs_operator' || status === 'needs_verification';
}
