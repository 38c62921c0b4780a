/**
 * Reads that somebody waits for, the greater the more. What is read day by day has none, and comes after them.
 *
 * - `first` — the number has come into service, or was registered
 * - `news` — a webhook told of it
 */
export const urgency = { first: 1, news: 2 } as const;
