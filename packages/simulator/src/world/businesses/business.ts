/** A business portfolio: the BSP's own, or a customer's. */
export interface Business {
  readonly id: string;
  readonly name: string;
  /** Whether Meta verified the business: its portfolio may then hold more numbers (phone numbers page). */
  verified: boolean;
}

/** Someone who can log in to the popup, with the portfolios they already manage. */
export interface Person {
  /** Stable short name, such as `nora`. */
  readonly key: string;
  readonly name: string;
  /** Ids of their portfolios, oldest first. */
  readonly businessIds: string[];
}
