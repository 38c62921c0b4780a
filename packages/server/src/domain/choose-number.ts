import type { FinishKind } from './finish-event.ts';

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
  /** The id that the session log or an operator named, if one was named. */
  claimedId: string | undefined;
  /** What the session log called the finish. An event of coexistence need not name the number. */
  kind?: FinishKind | undefined;
}

/** The number, or why there is none. */
export type ChosenNumber = { candidate: Candidate } | { none: 'not_listed' | 'no_number' | 'several' };

/**
 * Finds the number that was claimed. With a named id only that one counts; without, it must be the only one, or, for
 * coexistence, the only one that Meta says is on the app. Never a guess.
 */
export function chooseNumber({ candidates, claimedId, kind }: ChooseNumberFacts): ChosenNumber {
  if (claimedId !== undefined) {
    const named = candidates.find((candidate) => candidate.phoneNumberId === claimedId);
    return named === undefined ? { none: 'not_listed' } : { candidate: named };
  }
  const onApp = candidates.filter(({ onBusinessApp }) => onBusinessApp === true);
  const [only, ...others] = kind === 'coexistence' && onApp.length > 0 ? onApp : candidates;
  if (only === undefined) return { none: 'no_number' };
  return others.length === 0 ? { candidate: only } : { none: 'several' };
}
