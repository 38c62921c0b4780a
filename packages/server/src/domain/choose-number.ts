/** A number that the proven account lists. */
export interface Candidate {
  phoneNumberId: string;
  wabaId: string;
  displayPhoneNumber: string;
  /** Meta's word, where it gives one. */
  onBusinessApp: boolean | undefined;
}

/** What is known when the number has to be found. */
export interface ChooseNumberFacts {
  candidates: readonly Candidate[];
  /** The id that the session log named, if it named one. */
  claimedId: string | undefined;
}

/** The number, or why there is none. */
export type ChosenNumber = { candidate: Candidate } | { none: 'not_listed' | 'no_number' | 'several' };

/**
 * Finds the number that was claimed. With an id from the session log only that one counts; without, it must be the only
 * one. Never a guess.
 */
export function chooseNumber({ candidates, claimedId }: ChooseNumberFacts): ChosenNumber {
  if (claimedId !== undefined) {
    const named = candidates.find((candidate) => candidate.phoneNumberId === claimedId);
    return named === undefined ? { none: 'not_listed' } : { candidate: named };
  }
  const [only, ...others] = candidates;
  if (only === undefined) return { none: 'no_number' };
  return others.length === 0 ? { candidate: only } : { none: 'several' };
}
