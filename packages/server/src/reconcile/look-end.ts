/** How a look ends. `fenced`: somebody else looks at the account now, say nothing. */
export type LookEnd = { lookAgainAt: number | undefined; settled: boolean } | 'fenced';
