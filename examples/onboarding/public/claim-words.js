// @ts-check

/** @typedef {'good' | 'busy' | 'bad' | 'calm'} Mood */

/**
 * What the kit's statuses of a claim are called here. A status that a newer kit adds is shown as it comes.
 *
 * @type {Readonly<Record<string, { word: string, mood: Mood } | undefined>>}
 */
const claimWords = {
  received: { word: 'Received', mood: 'busy' },
  proven: { word: 'Confirmed', mood: 'busy' },
  registering: { word: 'Registering', mood: 'busy' },
  registered: { word: 'Registered', mood: 'good' },
  ended: { word: 'Ended', mood: 'calm' },
  needs_signup: { word: 'Must sign up again', mood: 'bad' },
  needs_verification: { word: 'Needs a code', mood: 'bad' },
  needs_operator: { word: 'Needs staff', mood: 'bad' },
  no_number: { word: 'No number chosen', mood: 'calm' },
  coexistence: { word: 'In the Business app', mood: 'good' },
  rejected: { word: 'Rejected', mood: 'bad' },
  dismissed: { word: 'Put aside', mood: 'calm' },
};

/**
 * @param {string} status
 * @returns {{ word: string, mood: Mood }}
 */
export function claimWord(status) {
  return claimWords[status] ?? { word: status, mood: 'calm' };
}
