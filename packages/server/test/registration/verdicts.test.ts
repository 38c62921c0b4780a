import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/ports/records.ts';
import type { PoolFinding } from '../../src/registration/verdicts.ts';
import { verdictOn } from '../../src/registration/verdicts.ts';

const claim = { id: 'claim-1', createdAt: 0 } as Claim; // all that the verdict looks at
const candidate = { phoneNumberId: '7', wabaId: '8', displayPhoneNumber: '+1 555-010-0001' };
const found = (heldByCustomer: boolean, ownedByAnother = false): PoolFinding => ({
  heldByCustomer,
  ownedByAnother,
  number: { id: '1000001', phoneNumber: '+15550100001' },
});

describe('the verdict on a number that Meta lists', () => {
  it.each([
    ['own', undefined, 'number', undefined, 'proven', 'own'],
    ['held', found(true), 'number', undefined, 'proven', 'pool'],
    [
      'own, on the app by the event alone',
      undefined,
      'coexistence',
      undefined,
      'stays_on_business_app',
      'own',
    ],
    ['own, not on the app by Meta', undefined, 'coexistence', false, 'proven', 'own'],
    ['own, on the app by Meta alone', undefined, 'number', true, 'stays_on_business_app', 'own'],
    ['held, on the app by the event alone', found(true), 'coexistence', undefined, 'proven', 'pool'],
  ] as const)('%s', (_name, pool, kind, onBusinessApp, event, numberSource) => {
    const verdict = verdictOn({
      claim,
      candidate: { ...candidate, onBusinessApp },
      found: pool,
      kind,
      now: 1,
    });
    expect(verdict).toMatchObject({ event, patch: { numberSource, phoneNumberId: '7', provenAt: 1 } });
  });

  it.each([
    ['set aside for somebody else', found(false), 'pool_number_of_another'],
    ['another customer’s by a live claim', found(true, true), 'pool_number_claimed'],
  ] as const)('%s: a person decides, whatever the event says', (_name, pool, code) => {
    for (const kind of ['number', 'coexistence'] as const) {
      const facts = {
        claim,
        candidate: { ...candidate, onBusinessApp: undefined },
        found: pool,
        kind,
        now: 1,
      };
      expect(verdictOn(facts)).toMatchObject({ event: 'operator_needed', reason: { code } });
    }
  });

  it('an operator’s word stands for the hold, and not against another customer’s live claim', () => {
    const assigned = { ...claim, assignedAt: 1 };
    const facts = {
      claim: assigned,
      candidate: { ...candidate, onBusinessApp: undefined },
      kind: 'number',
      now: 1,
    } as const;
    expect(verdictOn({ ...facts, found: found(false) })).toMatchObject({
      event: 'proven',
      patch: { numberSource: 'pool', poolNumberId: '1000001' },
    });
    expect(verdictOn({ ...facts, found: found(false, true) })).toMatchObject({
      event: 'operator_needed',
      reason: { code: 'pool_number_claimed' },
    });
  });
});
