import { minute, second } from './durations.ts';

/** Somebody for whom a number of the pool was set aside. Times in milliseconds UTC. */
export interface Launch {
  customerId: string;
  heldAt: number;
  /** Until when a sign-up of that time may still come in. */
  claimUntil: number;
}

/** Whose a number is by who could have taken it: one customer, several, or nobody. */
export type WhoLaunched<L extends Launch> =
  { launch: L } | { none: 'several'; customerIds: string[] } | { none: 'nobody' };

/** Meta tells the time of a sign-up in whole seconds. */
const tolerance = second;

/** When a number left the pool, as far as our mirror shows it. Times in milliseconds UTC. */
export interface LeftPool {
  /** It was still listed then. */
  lastListedAt: number | undefined;
  /** It was not listed any more. */
  goneAt: number | undefined;
}

/** The pool may be mirrored so much later than a number is taken. Milliseconds. */
const mirrorLags = 15 * minute;

/**
 * Says who took a number of the pool: the one customer who could have. Never a guess between two.
 *
 * Those come first whose popup may have been open at that moment, then everybody before it. A number that was set aside for
 * somebody well after that moment was in the pool still, so the moment is of another sign-up and says nothing.
 *
 * @param at when the account was shared with us, by Meta's clock; `undefined` when only Meta's lists show it
 * @param left when it left the pool: without a moment, those who launched around that time come first
 */
export function whoLaunched<L extends Launch>(
  launches: readonly L[],
  at: number | undefined,
  left: LeftPool = { lastListedAt: undefined, goneAt: undefined },
): WhoLaunched<L> {
  const isOfAnother = at !== undefined && launches.some(({ heldAt }) => heldAt > at + mirrorLags);
  if (at === undefined || isOfAnother) return theOnlyOf(whileItLeft(launches, left));
  const before = launches.filter(({ heldAt }) => heldAt <= at + tolerance);
  const then = before.filter(({ claimUntil }) => claimUntil >= at);
  return theOnlyOf(then.length > 0 ? then : before);
}

/** Those whose popup may have been open between the last list that had the number and the first one without it. */
function whileItLeft<L extends Launch>(
  launches: readonly L[],
  { lastListedAt, goneAt }: LeftPool,
): readonly L[] {
  if (lastListedAt === undefined || goneAt === undefined) return launches;
  const then = launches.filter(
    // Nodes have clocks of their own.
    ({ heldAt, claimUntil }) => heldAt <= goneAt + mirrorLags && claimUntil >= lastListedAt - mirrorLags,
  );
  return then.length > 0 ? then : launches;
}

function theOnlyOf<L extends Launch>(launches: readonly L[]): WhoLaunched<L> {
  const customerIds = [...new Set(launches.map(({ customerId }) => customerId))];
  const [launch] = launches;
  if (launch === undefined) return { none: 'nobody' };
  return customerIds.length === 1 ? { launch } : { none: 'several', customerIds };
}
