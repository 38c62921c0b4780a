/** What a client may spend on retries, so that an outage does not multiply its calls. */
export interface RetryBudget {
  /** A call begins. */
  earn(): void;
  /** Whether one more retry is affordable. */
  affordable(): boolean;
  /** A retry is made. */
  spend(): void;
}

/** How a budget grows. */
export interface BudgetSettings {
  /** Retries per call, in the long run: 0.1 is one retry for ten calls. */
  share: number;
  /** Retries that can be saved up; so many there are at the beginning. */
  most: number;
}

/** A bucket: each call puts a share of a retry in, each retry takes a whole one out. */
export function createRetryBudget({ share, most }: BudgetSettings): RetryBudget {
  // Counted in millionths: ten tenths would not add up to one.
  const one = 1_000_000;
  let saved = most * one;
  return {
    earn() {
      saved = Math.min(most * one, saved + Math.round(share * one));
    },
    affordable: () => saved >= one,
    spend() {
      saved -= one;
    },
  };
}
