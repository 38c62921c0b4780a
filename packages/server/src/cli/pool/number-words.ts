import { claimOfHold } from '../../domain/attachment-session.ts';
import {
  expiryOf,
  isOurs,
  numberState,
  renewableFrom,
  type NumberState,
} from '../../domain/number-lifecycle.ts';
import { droppedAt } from '../../domain/number-warnings.ts';
import type { PoolRecord } from '../../ports/records.ts';
import { dayOf, distance, momentOf } from '../distance.ts';
import type { Colour } from '../terminal.ts';

/** When a word about a number is true. */
export interface Moment {
  /** Milliseconds UTC. */
  now: number;
  /** Our own portfolio: only its numbers are ours to verify. */
  businessId: string;
}

/** The colour of each state. */
export const colourOfState: Readonly<Record<NumberState, Colour>> = {
  free: 'green',
  held: 'cyan',
  claimed: 'dim',
  unverified: 'yellow',
  lapsed: 'red',
  gone: 'dim',
};

/** What the states mean, for people. */
export const meaningOfState: Readonly<Record<NumberState, string>> = {
  free: 'free: it can be offered to a customer',
  held: 'held: it is set aside',
  claimed: 'claimed: a customer has taken it',
  unverified: 'unverified: no code was handed in yet',
  lapsed: 'lapsed: its verification is over',
  gone: 'gone: Meta lists it no more',
};

/**
 * How long the number has: `in 12 days`, `lapsed 3 days ago`, or, where it was never verified, `dropped in 80 days`. Nothing
 * for one that Meta says nothing of.
 */
export function expiryInWords(record: PoolRecord, now: number): string | undefined {
  const state = numberState(record, now);
  const expiry = expiryOf(record);
  const dropped = droppedAt(record, now);
  if (dropped !== undefined) return dropped > now ? `dropped ${distance(dropped, now)}` : 'dropped now';
  if (state === 'claimed' || state === 'gone') return undefined;
  // Meta's word that it is over counts, whatever time it names.
  if (state === 'lapsed')
    return expiry === undefined || expiry > now ? 'lapsed' : `lapsed ${distance(expiry, now)}`;
  return expiry === undefined ? undefined : distance(expiry, now);
}

/** What a person does with the number next. */
export function nextInWords(record: PoolRecord, { now, businessId }: Moment): string {
  const ours = isOurs(record, businessId);
  const verify = ours ? 'request a code' : `ask business ${record.ownerBusinessId} to verify it`;
  switch (numberState(record, now)) {
    case 'unverified':
    case 'lapsed':
      return verify;
    case 'held':
      if (record.heldBy === '') return 'nothing: it is being deleted, or may be on an account';
      return claimOfHold(record.heldBy) === undefined
        ? `wait until ${momentOf(record.heldUntil ?? now)}`
        : 'nothing: it is being put on an account';
    case 'claimed':
      return 'nothing';
    case 'gone':
      return 'add it again to use it';
    case 'free': {
      const from = renewableFrom(record);
      if (from === undefined) return 'nothing';
      return from > now ? `nothing until ${dayOf(from)}` : `${verify} to renew it`;
    }
  }
}
