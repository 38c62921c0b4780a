/**
 * What came of it when the kit wanted a code sent to the number of a claim: `asked` — it is on its way, or nobody knows;
 * `moved_on` — the claim waits for no code, or not any more; `not_now` — the limits allow none before `retryAt`, milliseconds UTC.
 */
export type AskedForCode = { what: 'asked' } | { what: 'moved_on' } | { what: 'not_now'; retryAt: number };
