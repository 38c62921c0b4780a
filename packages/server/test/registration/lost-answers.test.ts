import { describe, expect, it } from 'vitest';
import { attachNumber } from '../../src/registration/attach-number.ts';
import { shareCredit } from '../../src/registration/share-credit.ts';
import {
  claimWith,
  depsWith,
  failure,
  leaseOf,
  listOf,
  now,
  numberWith,
  poolNumber,
} from './support/step-world.ts';

const minute = 60_000;

describe('attaching the held number, where Meta is slower than a simulator', () => {
  const allowed = {
    findAccountOfAnother: () => Promise.resolve(undefined),
    findAttachment: () => Promise.resolve(undefined),
    keepHold: () => Promise.resolve(poolNumber),
    spendAttempt: () => Promise.resolve({ allowed: true } as const),
  };
  const empty = {
    listAccountNumbers: () => listOf([]),
    readAccount: () => Promise.resolve({ name: 'Lucky Shrub', fundingId: undefined }),
  };
  const run = (graph: Parameters<typeof depsWith>[0], store = {}, attempts = 1) =>
    attachNumber(depsWith({ ...empty, ...graph }, { ...allowed, ...store }))({
      claim: claimWith(),
      lease: leaseOf('attach', attempts),
    });

  it.each([
    ['the answer got lost', failure({ kind: 'unreachable', sent: 'unknown' })],
    ['the answer cannot be read', failure({ kind: 'unreadable' })],
    ['Meta asks for another try', failure({ kind: 'transient', code: 2 })],
    ['Meta says that the account has it', failure({ kind: 'number_refused', code: 100, subcode: 2_388_012 })],
  ])('looks again no sooner than Meta lists a new number when %s', async (_name, error) => {
    const end = await run({ addPoolNumber: () => Promise.reject(error) });
    expect(end).toMatchObject({ next: { do: 'wait', step: 'attach' } });
    expect(end).not.toHaveProperty('event');
    if (end !== 'fenced' && end.next.do === 'wait') {
      expect(end.next.runAt).toBeGreaterThanOrEqual(now + minute);
    }
  });

  it('goes on holding the number for as long as Meta makes it wait, and says so', async () => {
    const retryAt = now + 5 * 60 * minute;
    const until: number[] = [];
    const end = await run(
      { addPoolNumber: () => Promise.reject(failure({ kind: 'throttled', code: 80_008, retryAt })) },
      {
        keepHold: (input: { until: number }) => {
          until.push(input.until);
          return Promise.resolve(poolNumber);
        },
        returnAttempt: () => Promise.resolve(),
      },
    );
    expect(end).toMatchObject({
      reason: { code: 'graph:80008' },
      next: { do: 'wait', step: 'attach', runAt: retryAt },
    });
    expect(until.at(-1)).toBeGreaterThan(retryAt);
  });

  it('believes no longer than two tries in a day that a number is there which no list shows', async () => {
    const error = failure({ kind: 'number_refused', code: 100, subcode: 2_388_012 });
    let tries = 0;
    const spendAttempt = () => {
      tries += 1;
      return Promise.resolve(
        tries <= 2
          ? ({ allowed: true } as const)
          : { allowed: false as const, oldestAt: now, tooSoon: false },
      );
    };
    const ends = [];
    for (const attempts of [8, 9, 10])
      ends.push(await run({ addPoolNumber: () => Promise.reject(error) }, { spendAttempt }, attempts));
    expect(ends).toMatchObject([
      { next: { do: 'wait' } },
      { next: { do: 'wait' } },
      { event: 'operator_needed', reason: { code: 'attach_budget_spent' } },
    ]);
  });

  it('takes the number that is on the account, in the form in which Meta shows it, and sends nothing', async () => {
    const held = { ...poolNumber, phoneNumber: '+5511987654321' };
    const end = await run(
      { listAccountNumbers: () => listOf([numberWith({ displayPhoneNumber: '+55 11 8765-4321' })]) },
      { findPoolNumber: () => Promise.resolve({ number: held, heldByCustomer: true }) },
    );
    expect(end).toMatchObject({
      event: 'proven',
      patch: { phoneNumberId: '7', phoneNumber: '+5511987654321', poolNumberId: poolNumber.id },
      next: { do: 'go', step: 'subscribe' },
    });
  });

  it('takes no number that an older claim has', async () => {
    const older = { ...poolNumber, id: '1000002', claimId: 'an-older-claim', claimedBy: 'lucky-shrub' };
    const sent: string[] = [];
    const end = await run(
      {
        listAccountNumbers: () => listOf([numberWith({ id: '6', displayPhoneNumber: '+1 555-010-0002' })]),
        addPoolNumber: ({ poolNumberId }) => {
          sent.push(poolNumberId);
          return Promise.resolve({ phoneNumberId: '77' });
        },
      },
      { findPoolNumber: () => Promise.resolve({ number: older, heldByCustomer: true }) },
    );
    expect(end).toMatchObject({
      event: 'proven',
      patch: { phoneNumberId: '77', poolNumberId: poolNumber.id },
    });
    expect(sent).toEqual([poolNumber.id]);
  });

  it('asks a person when the account has no name to show', async () => {
    const end = await run({ readAccount: () => Promise.resolve({ name: undefined, fundingId: undefined }) });
    expect(end).toMatchObject({ event: 'operator_needed', reason: { code: 'number_not_attached' } });
  });
});

describe('sharing the credit line, where Meta does not show at once what it did', () => {
  const creditLine = { id: '5', currency: 'EUR', systemUserId: '6' } as const;
  const unpaid = {
    assignUser: () => Promise.resolve(),
    readAccount: () => Promise.resolve({ name: 'Lucky Shrub', fundingId: undefined }),
  };
  const run = (creditAllocationId: string | undefined, attempts: number, graph = {}, store = {}) =>
    shareCredit(depsWith({ ...unpaid, ...graph }, store, { creditLine }))({
      claim: claimWith({ status: 'registering', provenAt: now, creditAllocationId }),
      lease: leaseOf('credit', attempts),
    });

  it('keeps Meta’s word for it and looks again', async () => {
    const kept: string[] = [];
    const end = await run(
      undefined,
      1,
      { shareCredit: () => Promise.resolve({ allocationId: '99' }) },
      {
        spendAttempt: () => Promise.resolve({ allowed: true }),
        keepCreditAllocation: ({ allocationId }: { allocationId: string }) => {
          kept.push(allocationId);
          return Promise.resolve(true);
        },
      },
    );
    expect(kept).toEqual(['99']);
    expect(end).toMatchObject({ next: { do: 'wait', step: 'credit' } });
  });

  it('attaches nothing a second time, and asks a person in the end', async () => {
    expect(await run('99', 2)).toMatchObject({ next: { do: 'wait', step: 'credit' } });
    expect(await run('99', 6)).toMatchObject({
      event: 'operator_needed',
      reason: { code: 'credit_not_attached' },
    });
  });

  it('goes on once the account shows it', async () => {
    const paid = { readAccount: () => Promise.resolve({ name: undefined, fundingId: '42' }) };
    expect(await run('99', 2, paid)).toMatchObject({ next: { do: 'go', step: 'register' } });
  });
});
