// @ts-check

/** @typedef {'good' | 'busy' | 'bad' | 'calm'} Mood */

/**
 * @typedef {object} NumberItem as the kit's operator API shows a number of the pool
 * @property {string} id
 * @property {string} displayPhoneNumber
 * @property {string} [country]
 * @property {'free' | 'held' | 'claimed' | 'unverified' | 'lapsed' | 'gone'} state
 * @property {string} verificationStatus
 * @property {string} [verificationExpiresAt]
 * @property {number} [daysLeft]
 * @property {string} [renewableFrom]
 * @property {{ what: string, at: string }} [next]
 * @property {string} [ownerBusinessId] when another business owns it
 * @property {string} [heldBy] empty while it is being deleted, or may be on an account
 * @property {string} [heldForClaim] instead of `heldBy`: the claim that puts it on an account without Meta's window
 * @property {string} [heldUntil]
 * @property {string} [claimedBy]
 * @property {string} [claimedAt]
 */

/** @type {Readonly<Record<string, { word: string, mood: Mood } | undefined>>} */
const states = {
  free: { word: 'Free', mood: 'good' },
  held: { word: 'Held', mood: 'busy' },
  claimed: { word: 'Claimed', mood: 'calm' },
  unverified: { word: 'Not verified', mood: 'bad' },
  lapsed: { word: 'Lapsed', mood: 'bad' },
  gone: { word: 'Gone', mood: 'calm' },
};

/** @type {Readonly<Record<string, string | undefined>>} */
const nexts = {
  renewable: 'can be verified again from',
  warning: 'next reminder',
  lapses: 'lapses',
  unverified_warning: 'you are warned',
  dropped: 'Meta drops it',
};

/**
 * A state as people say it. One that a newer kit adds is shown as it comes.
 *
 * @param {string} state
 * @returns {{ word: string, mood: Mood }}
 */
export function stateWord(state) {
  return states[state] ?? { word: state, mood: 'calm' };
}

/**
 * How long a verification lasts, or `undefined` where that is no question.
 *
 * @param {NumberItem} number
 */
export function daysInWords({ state, daysLeft }) {
  if (state === 'lapsed') return 'verification is over';
  if (daysLeft === undefined || state === 'claimed' || state === 'gone') return undefined;
  if (daysLeft < 1) return 'less than a day left';
  return daysLeft === 1 ? '1 day left' : `${daysLeft} days left`;
}

/**
 * What happens if nobody does anything, to be followed by the date.
 *
 * @param {string} what
 */
export function nextInWords(what) {
  return nexts[what] ?? what;
}

/**
 * Whether a code can be asked for: Meta verifies a verified number again in its last 45 days only.
 *
 * @param {NumberItem} number
 */
export function isVerifiable({ state, renewableFrom }) {
  if (state === 'unverified' || state === 'lapsed') return true;
  if (state !== 'free' && state !== 'held') return false;
  return renewableFrom !== undefined && Date.parse(renewableFrom) <= Date.now();
}
