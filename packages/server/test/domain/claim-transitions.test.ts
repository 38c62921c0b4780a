import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimStatuses, type ClaimStatus } from '@embedded-signup-kit/protocol';
import {
  claimTransitions,
  isLive,
  isOpen,
  nextStatus,
  type ClaimEvent,
} from '../../src/domain/claim-transitions.ts';

const events = Object.keys(claimTransitions) as ClaimEvent[]; // the keys are the events
const walk = fc.array(fc.constantFrom(...events), { maxLength: 30 });

/** Follows events from `received`; those that mean nothing are passed over. */
function follow(path: readonly ClaimEvent[]): ClaimStatus[] {
  const statuses: ClaimStatus[] = ['received'];
  for (const event of path) {
    const next = nextStatus(statuses.at(-1) ?? 'received', event);
    if (next !== undefined) statuses.push(next);
  }
  return statuses;
}

describe('the table of a claim’s life', () => {
  it('reaches every status from received', () => {
    const reached = new Set<ClaimStatus>(['received']);
    for (let round = 0; round < claimStatuses.length; round += 1) {
      for (const from of claimStatuses.filter((status) => reached.has(status))) {
        for (const event of events) reached.add(nextStatus(from, event) ?? from);
      }
    }
    expect([...reached].toSorted()).toEqual([...claimStatuses].toSorted());
  });

  it('never brings an ended, dismissed or coexistence claim to registration', () => {
    fc.assert(
      fc.property(walk, (path) => {
        const statuses = follow(path);
        const over = statuses.findIndex((status) => ['ended', 'dismissed', 'coexistence'].includes(status));
        const after = over === -1 ? [] : statuses.slice(over);
        expect(after.some((status) => ['proven', 'registering', 'registered'].includes(status))).toBe(false);
      }),
    );
  });

  it('registers nothing that was not proven before', () => {
    fc.assert(
      fc.property(walk, (path) => {
        const statuses = follow(path);
        const registered = statuses.indexOf('registered');
        if (registered !== -1) expect(statuses.slice(0, registered)).toContain('proven');
      }),
    );
  });

  it('leaves a registered claim only by ending it', () => {
    const ways = events.map((event) => nextStatus('registered', event)).filter((to) => to !== undefined);
    expect(new Set(ways)).toEqual(new Set(['ended']));
  });

  it('leaves every open status a way on', () => {
    for (const status of claimStatuses.filter(isOpen)) {
      expect(events.some((event) => nextStatus(status, event) !== undefined)).toBe(true);
    }
  });

  it('calls a claim live from its proof until it is over', () => {
    for (const status of claimStatuses) {
      expect(isLive({ status, provenAt: undefined })).toBe(false);
      expect(isLive({ status, provenAt: 1 })).toBe(!['ended', 'rejected', 'dismissed'].includes(status));
    }
  });
});
