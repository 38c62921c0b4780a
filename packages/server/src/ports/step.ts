import type { Claim, WorkLease } from './records.ts';
import type { StepResult } from './step-result.ts';

/** What a step is given: the claim as it stands, and the right to change it. */
export interface StepContext {
  claim: Claim;
  lease: WorkLease;
}

/** How a step ends; the runner adds lease and time and writes it. `fenced`: somebody else is at it, say nothing. */
export type StepEnd = Omit<StepResult, 'lease' | 'now'> | 'fenced';

/** One step of the work on a claim. Safe to run again after a crash at any point. */
export type Step = (context: StepContext) => Promise<StepEnd>;
