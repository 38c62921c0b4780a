import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  identityStanding,
  nobody,
  withEvidence,
  withTrust,
  type CustomerIdentity,
  type IdentityEvidence,
} from '../../src/domain/customer-identity.ts';

const numRuns = process.env['TEST_LONG'] === '1' ? 20_000 : 2_000;
const whose = { phoneNumberId: '777', waId: '16505551234' };

const time = fc.integer({ min: 1, max: 20 }).map((seconds) => seconds * 1000);
const about = fc.record({ at: time, messageId: fc.constantFrom('wamid.1', 'wamid.2', 'wamid.3') });
const sighting = fc
  .tuple(about, fc.constantFrom('a', 'b', 'c'))
  .map(([when, hash]): IdentityEvidence => ({ kind: 'seen', ...whose, ...when, hash }));
const refusal = about.map((when): IdentityEvidence => ({ kind: 'mismatch', ...whose, ...when }));
/** Meta named no time that can be used: what it has is our clock's, which may say anything. */
const undated = about.chain((when) =>
  fc
    .integer({ min: 1, max: 60 })
    .map((at): IdentityEvidence => ({ kind: 'mismatch', ...whose, ...when, at: at * 1000, undated: true })),
);
const evidence = fc.oneof({ weight: 4, arbitrary: sighting }, { weight: 1, arbitrary: refusal });
const much = fc.array(evidence, { maxLength: 12 });
/** Somebody of whom something was heard, and for whom the host vouched, perhaps more than once. */
const somebody = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: evidence },
      { weight: 1, arbitrary: undated },
      { weight: 2, arbitrary: time },
    ),
    { maxLength: 12 },
  )
  .map((all) =>
    all.reduce<CustomerIdentity>(
      (known, one) => (typeof one === 'number' ? withTrust(known, one + 300) : withEvidence(known, one)),
      nobody,
    ),
  );
const after = (identity: CustomerIdentity, all: readonly IdentityEvidence[]) =>
  all.reduce(withEvidence, identity);

describe('what is known of a customer', () => {
  it('is the same in whichever order and however often it is heard', () => {
    fc.assert(
      fc.property(
        somebody,
        much.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length }),
            fc.shuffledSubarray(all),
          ),
        ),
        (known, [all, shuffled, again]) => {
          expect(after(known, [...shuffled, ...again])).toEqual(after(known, all));
        },
      ),
      { numRuns },
    );
  });

  it('is the very same object when nothing of it is news, and what is no news stays none', () => {
    fc.assert(
      fc.property(somebody, evidence, much, fc.option(time), (known, one, more, vouched) => {
        if (withEvidence(known, one) !== known) {
          const later = withEvidence(known, one);
          expect(withEvidence(later, one)).toBe(later);
          return;
        }
        const later = after(known, more);
        const last = vouched === null ? later : withTrust(later, vouched);
        expect(withEvidence(last, one)).toBe(last);
      }),
      { numRuns },
    );
  });

  it('is changed until somebody vouches for them, whatever else is heard', () => {
    fc.assert(
      fc.property(somebody, much, (known, more) => {
        fc.pre(identityStanding(known).standing === 'changed');
        expect(identityStanding(after(known, more)).standing).toBe('changed');
      }),
      { numRuns },
    );
  });

  it('has a hash only when the last one was not refused at that time or later', () => {
    fc.assert(
      fc.property(somebody, (known) => {
        const standing = identityStanding(known);
        if (standing.standing !== 'known') return;
        expect(standing.seenAt).toBeGreaterThanOrEqual(known.mismatch?.at ?? 0);
        expect(standing.hash).toBe(known.seen?.hash);
      }),
      { numRuns },
    );
  });

  it('holds two hashes that nobody vouched for against them, whichever came first', () => {
    fc.assert(
      fc.property(much, (all) => {
        const hashes = new Set(all.flatMap((one) => (one.kind === 'seen' ? [one.hash] : [])));
        const isChanged = hashes.size > 1 || all.some(({ kind }) => kind === 'mismatch');
        expect(identityStanding(after(nobody, all)).standing === 'changed').toBe(isChanged);
      }),
      { numRuns },
    );
  });
});

describe('a customer for whom the host vouches', () => {
  it('is not changed, and nothing that was known by then makes them so', () => {
    fc.assert(
      fc.property(somebody, much, time, (known, all, now) => {
        const heard = after(known, all);
        const trusted = withTrust(heard, now);
        expect(identityStanding(trusted).standing).not.toBe('changed');
        expect(after(trusted, all)).toBe(trusted);
      }),
      { numRuns },
    );
  });

  it('keeps the hash that was seen last; every later one that is another is a change, whatever our clock says', () => {
    fc.assert(
      fc.property(somebody, fc.integer({ max: 10_000_000 }), about, (known, now, when) => {
        const trusted = withTrust(known, now);
        const standing = identityStanding(trusted);
        fc.pre(standing.standing === 'known' && when.at > standing.seenAt);
        const seen = (hash: string) => withEvidence(trusted, { kind: 'seen', ...whose, ...when, hash });
        expect(identityStanding(seen('another'))).toMatchObject({ standing: 'changed', how: 'new_hash' });
        if (standing.standing !== 'known') return;
        expect(identityStanding(seen(standing.hash)).standing).toBe('known');
      }),
      { numRuns },
    );
  });

  it('is changed by every later refusal, whatever our clock says', () => {
    fc.assert(
      fc.property(somebody, fc.integer({ max: 10_000_000 }), refusal, much, (known, now, refused, more) => {
        const trusted = withTrust(known, now);
        const { seen, otherAt, mismatch } = known;
        fc.pre(Math.max(seen?.at ?? 0, otherAt ?? 0, mismatch?.at ?? 0) < refused.at);
        const later = withEvidence(trusted, refused);
        expect(identityStanding(later)).toMatchObject({ standing: 'changed', how: 'mismatch' });
        expect(identityStanding(after(trusted, [...more, refused])).standing).toBe('changed');
      }),
      { numRuns },
    );
  });

  it('is changed by a refusal without a date, once for each message, whatever our clock says', () => {
    fc.assert(
      fc.property(somebody, fc.integer({ max: 10_000_000 }), undated, (known, now, refused) => {
        fc.pre(known.mismatch?.messageId !== refused.messageId);
        const trusted = withTrust(known, now);
        const later = withEvidence(trusted, refused);
        expect(identityStanding(later)).toMatchObject({ standing: 'changed', how: 'mismatch' });
        for (const again of [later, withTrust(later, now)]) {
          expect(withEvidence(again, { ...refused, at: refused.at + 60_000 })).toBe(again);
        }
      }),
      { numRuns },
    );
  });

  it('keeps a new hash, also when a message with the one before is refused afterwards', () => {
    fc.assert(
      fc.property(somebody, sighting, time, (known, one, wait) => {
        const before = identityStanding(known);
        fc.pre(before.standing === 'known' && one.kind === 'seen' && one.hash !== before.hash);
        fc.pre(before.standing === 'known' && one.at > before.seenAt);
        const changed = withEvidence(known, one);
        expect(identityStanding(changed)).toMatchObject({ standing: 'changed', how: 'new_hash' });
        const at = one.at + wait;
        const refused = withEvidence(changed, { kind: 'mismatch', ...whose, at, messageId: 'wamid.9' });
        const hash = one.kind === 'seen' ? one.hash : undefined;
        expect(identityStanding(withTrust(refused, wait))).toMatchObject({ standing: 'known', hash });
      }),
      { numRuns },
    );
  });

  it('has the next hash where the last one was refused; the one after that is a change, whatever our clock says', () => {
    fc.assert(
      fc.property(somebody, fc.integer({ max: 10_000_000 }), (known, now) => {
        const trusted = withTrust(known, now);
        fc.pre(identityStanding(trusted).standing === 'unknown');
        const seen = (identity: CustomerIdentity, hash: string, at: number) =>
          withEvidence(identity, { kind: 'seen', ...whose, at, hash, messageId: 'wamid.1' });
        const next = seen(trusted, 'x', 100_000);
        expect(identityStanding(next)).toMatchObject({ standing: 'known', hash: 'x' });
        expect(identityStanding(seen(next, 'y', 101_000))).toMatchObject({ standing: 'changed' });
      }),
      { numRuns },
    );
  });

  it('is no other when the host says it twice', () => {
    fc.assert(
      fc.property(somebody, time, (known, now) => {
        const trusted = withTrust(known, now);
        expect(withTrust(trusted, now)).toEqual(trusted);
      }),
      { numRuns },
    );
  });
});
