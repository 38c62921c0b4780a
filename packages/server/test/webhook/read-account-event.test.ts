import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, second } from '../../src/domain/durations.ts';
import { readAccountEvent } from '../../src/domain/read-account-event.ts';
import { readEventTime } from '../../src/domain/read-event-time.ts';
import { splitWebhook } from '../../src/webhook/split-webhook.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { us } from './support/intake.ts';

const context = { appId: us.appId, businessId: us.businessId, now: t0 + 5_250 };
const waba = '102290129340398';
const owner = '2729063490586005';
const at = t0;
const info = { waba_id: waba, owner_business_id: owner };
const entry = { id: us.businessId, time: t0 / 1000 };

/** What the kit reads from one value in Meta's envelope. */
const read = (value: unknown, over: object = {}) =>
  readAccountEvent(
    { entryId: entry.id, entryTime: entry.time, field: 'account_update', value, ...over },
    context,
  );
/** What the kit reads from a whole body. */
const readBody = (body: Record<string, unknown>) =>
  splitWebhook(body, context).changes.map(({ event }) => event);

const added = { kind: 'added', wabaId: waba, ownerBusinessId: owner, at };
const removed = { ...added, kind: 'removed' };

describe('account_update', () => {
  it.each<[string, object, object]>([
    ['PARTNER_ADDED', { event: 'PARTNER_ADDED', waba_info: info }, added],
    [
      'PARTNER_ADDED of a Multi-Partner Solution',
      {
        event: 'PARTNER_ADDED',
        waba_info: { ...info, solution_id: '1', solution_partner_business_ids: ['2', '3'] },
      },
      added,
    ],
    [
      'PARTNER_APP_INSTALLED of our app',
      { event: 'PARTNER_APP_INSTALLED', waba_info: { ...info, partner_app_id: us.appId } },
      added,
    ],
    [
      'PARTNER_APP_INSTALLED with our app as a number',
      { event: 'PARTNER_APP_INSTALLED', waba_info: { ...info, partner_app_id: Number(us.appId) } },
      added,
    ],
    ['PARTNER_APP_INSTALLED without an app', { event: 'PARTNER_APP_INSTALLED', waba_info: info }, added],
    [
      'PARTNER_APP_UNINSTALLED of our app',
      { event: 'PARTNER_APP_UNINSTALLED', waba_info: { ...info, partner_app_id: us.appId } },
      removed,
    ],
    ['PARTNER_REMOVED', { event: 'PARTNER_REMOVED', waba_info: info }, removed],
    [
      'PARTNER_REMOVED with its reason',
      {
        event: 'PARTNER_REMOVED',
        waba_info: info,
        disconnection_info: { reason: 'PRIMARY_INACTIVITY', initiated_by: 'SYSTEM' },
      },
      removed,
    ],
    [
      'ids as numbers',
      { event: 'PARTNER_ADDED', waba_info: { waba_id: Number(waba), owner_business_id: Number(owner) } },
      added,
    ],
    [
      'no owner',
      { event: 'PARTNER_ADDED', waba_info: { waba_id: waba } },
      { ...added, ownerBusinessId: undefined },
    ],
    [
      'an owner that is no id',
      { event: 'PARTNER_ADDED', waba_info: { waba_id: waba, owner_business_id: 'x' } },
      { ...added, ownerBusinessId: undefined },
    ],
    [
      'unknown members',
      { event: 'PARTNER_ADDED', waba_info: { ...info, ad_account_id: 5 }, more: [] },
      added,
    ],
    [
      'PARTNER_REMOVED of a number, with the account',
      { event: 'PARTNER_REMOVED', waba_info: info, phone_number: '15550100001' },
      { kind: 'number_removed', wabaId: waba, phoneNumber: '15550100001', at },
    ],
  ])('is understood: %s', (_name, value, event) => {
    expect(read(value)).toEqual(event);
  });

  it.each(['15550100001', '+1 555-010-0001', '+15550100001', 15550100001])(
    'takes a number out of an account in coexistence, whose entry is the account: %s',
    (phone_number) => {
      expect(read({ event: 'PARTNER_REMOVED', phone_number }, { entryId: waba })).toEqual({
        kind: 'number_removed',
        wabaId: waba,
        phoneNumber: '15550100001',
        at,
      });
    },
  );

  it.each(['PARTNER_REMOVED', 'ACCOUNT_DELETED'])('names the account by the entry alone: %s', (event) => {
    const gone = { kind: 'removed', wabaId: waba, ownerBusinessId: undefined, at };
    expect(read({ event }, { entryId: waba })).toEqual(gone);
    expect(read({ event }, { entryId: Number(waba) })).toEqual(gone);
  });

  it.each<[string, unknown, object?]>([
    ['another app', { event: 'PARTNER_APP_INSTALLED', waba_info: { ...info, partner_app_id: '1' } }],
    [
      'another app that left',
      { event: 'PARTNER_APP_UNINSTALLED', waba_info: { ...info, partner_app_id: '1' } },
    ],
    [
      'an app that is no id',
      { event: 'PARTNER_APP_UNINSTALLED', waba_info: { ...info, partner_app_id: {} } },
    ],
    ['an app without an account', { event: 'PARTNER_APP_UNINSTALLED' }],
    [
      'an app without an account, whose entry may be one',
      { event: 'PARTNER_APP_UNINSTALLED' },
      { entryId: waba },
    ],
    ['a partner without an account', { event: 'PARTNER_ADDED' }, { entryId: owner }],
    ['an account that is no id', { event: 'PARTNER_ADDED', waba_info: { waba_id: '12ab' } }],
    ['an account that climbs', { event: 'PARTNER_ADDED', waba_info: { waba_id: '../me' } }],
    ['an account of 21 digits', { event: 'PARTNER_ADDED', waba_info: { waba_id: '1'.repeat(21) } }],
    ['an account in other digits', { event: 'PARTNER_ADDED', waba_info: { waba_id: '١٢٣' } }],
    ['an account that lost digits', { event: 'PARTNER_ADDED', waba_info: { waba_id: 2 ** 53 } }],
    ['an account with a fraction', { event: 'PARTNER_ADDED', waba_info: { waba_id: 1.5 } }],
    ['an account below zero', { event: 'PARTNER_ADDED', waba_info: { waba_id: -1 } }],
    ['our own portfolio as the account', { event: 'PARTNER_REMOVED' }],
    [
      'the customer’s portfolio as the account',
      { event: 'PARTNER_REMOVED', waba_info: { owner_business_id: owner } },
      { entryId: owner },
    ],
    ['a number that is none', { event: 'PARTNER_REMOVED', phone_number: 'x' }, { entryId: waba }],
    [
      'a number that is a list',
      { event: 'PARTNER_REMOVED', phone_number: ['15550100001'] },
      { entryId: waba },
    ],
    ['another event', { event: 'ACCOUNT_VIOLATION', waba_info: info }],
    ['an event of tomorrow', { event: 'PARTNER_PAUSED', waba_info: info }],
    ['an event in small letters', { event: 'partner_added', waba_info: info }],
    ['an event of another field', { event: 'PARTNER_ADDED', waba_info: info }, { field: 'messages' }],
    [
      'an event of another field, inside',
      { event: 'PARTNER_ADDED', waba_info: info, field: 'security' },
      { field: undefined },
    ],
    ['a value that is a text', JSON.stringify({ event: 'PARTNER_ADDED', waba_info: info })],
    ['no value', undefined],
  ])('says nothing that the kit acts on: %s', (_name, value, over = {}) => {
    expect(read(value, over)).toBeUndefined();
  });
});

describe('Meta’s own examples', () => {
  const value = { event: 'PARTNER_APP_INSTALLED', waba_info: { ...info, partner_app_id: us.appId } };
  const gone = { ...value, event: 'PARTNER_APP_UNINSTALLED' };
  const misplaced = { field: 'account_update', object: 'whatsapp_business_account' };

  it('are understood with field and object where they belong', () => {
    const changes = [{ value, field: misplaced.field }];
    expect(readBody({ object: misplaced.object, entry: [{ ...entry, changes }] })).toEqual([added]);
  });

  it('are understood with field and object on the entry', () => {
    expect(readBody({ entry: [{ ...entry, changes: [{ value }], ...misplaced }] })).toEqual([added]);
  });

  it('are understood with field and object inside the value', () => {
    const changes = [{ value: { ...gone, ...misplaced } }];
    expect(readBody({ entry: [{ ...entry, changes }] })).toEqual([removed]);
  });

  it('are not understood when they are of something else than accounts', () => {
    const changes = [{ value, field: misplaced.field }];
    expect(readBody({ object: 'page', entry: [{ ...entry, changes }] })).toEqual([]);
    expect(readBody({ entry: [{ ...entry, object: 'user', changes }] })).toEqual([]);
  });
});

describe('the time of a webhook', () => {
  const now = t0 + 5_250;

  it.each<[string, unknown, number | undefined]>([
    ['seconds', t0 / 1000, t0],
    ['seconds as a text', String(t0 / 1000), t0],
    ['seconds with a fraction', t0 / 1000 + 0.75, t0],
    ['milliseconds', t0 + 999, t0],
    ['milliseconds as a text', String(t0), t0],
    ['ISO 8601', '2026-01-01T00:00:00+0000', t0],
    ['ISO 8601 in another zone', '2026-01-01T01:00:00+01:00', t0],
    ['a clock a little before ours', (t0 + day) / 1000, t0 + day],
    ['nothing', undefined, undefined],
    ['null', null, undefined],
    ['an empty text', '', undefined],
    ['zero', 0, undefined],
    ['less than zero', -5, undefined],
    ['not a number', Number.NaN, undefined],
    ['more than every number', Number.POSITIVE_INFINITY, undefined],
    ['a word', 'yesterday', undefined],
    ['a day that does not exist', '2026-13-45T00:00:00Z', undefined],
    ['hexadecimal', '0x65920080', undefined],
    ['a list', [t0 / 1000], undefined],
    ['next month', (t0 + 31 * day) / 1000, undefined],
    ['the year 4822', 90_000_000_000, undefined],
  ])('may come as %s', (_name, value, time) => {
    expect(readEventTime(value, now)).toBe(time);
  });

  it('is the time of receipt when Meta names none that can be used', () => {
    for (const entryTime of [undefined, 'x', -1, 90_000_000_000]) {
      expect(read({ event: 'PARTNER_ADDED', waba_info: info }, { entryTime })).toMatchObject({
        at: t0 + 5 * second,
      });
    }
  });
});

describe('whatever a webhook brings', () => {
  const word = fc.constantFrom(
    'PARTNER_ADDED',
    'PARTNER_REMOVED',
    'PARTNER_APP_INSTALLED',
    'PARTNER_APP_UNINSTALLED',
    'ACCOUNT_DELETED',
  );
  const anything = fc.jsonValue({ maxDepth: 3 });
  /** Mostly what is expected, now and then anything. */
  const mostly = <T>(expected: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 6, arbitrary: expected }, { weight: 1, arbitrary: anything });
  const id = mostly(
    fc.constantFrom<unknown>(waba, us.appId, us.businessId, Number(waba), '0', '', '٣', 2 ** 60),
  );
  const account = fc.record({ waba_id: id, owner_business_id: id, partner_app_id: id }, { requiredKeys: [] });
  const value = fc.record(
    {
      event: mostly(word),
      field: mostly(fc.constant('account_update')),
      phone_number: id,
      waba_info: mostly(account),
    },
    { requiredKeys: ['event'] },
  );
  const change = fc.record(
    { field: mostly(fc.constant('account_update')), value: mostly(value) },
    { requiredKeys: ['value'] },
  );
  const entries = fc.record(
    {
      id,
      time: mostly(fc.oneof(fc.double(), fc.string(), fc.nat())),
      changes: mostly(fc.array(mostly(change))),
    },
    { requiredKeys: ['changes'] },
  );
  const body = fc.record(
    { object: mostly(fc.constant('whatsapp_business_account')), entry: mostly(fc.array(mostly(entries))) },
    { requiredKeys: ['entry'] },
  );
  const runs = process.env['TEST_LONG'] === '1' ? 100_000 : 5_000;

  it('is read without an exception, and what comes out is digits and whole seconds', () => {
    let understood = 0;
    fc.assert(
      fc.property(body, (one) => {
        const { changes, others } = splitWebhook(one, context);
        for (const { mark, event } of changes) {
          understood += 1;
          expect(mark).toMatch(/^[\w-]{43}$/);
          expect(event.wabaId).toMatch(/^[0-9]{1,20}$/);
          expect(event.at % second).toBe(0);
          expect(event.at).toBeGreaterThan(0);
          expect(event.at).toBeLessThanOrEqual(context.now + day);
          if (event.kind === 'number_removed') expect(event.phoneNumber).toMatch(/^[0-9]{5,20}$/);
          else expect(event.ownerBusinessId ?? '0').toMatch(/^[0-9]{1,20}$/);
        }
        // Nothing is lost, and nothing is in both parts.
        expect(countChanges(one)).toBe(changes.length + (others === undefined ? 0 : countChanges(others)));
      }),
      { numRuns: runs },
    );
    expect(understood).toBeGreaterThan(runs / 10);
  });

  it('has one mark for one content, in whichever order its members come', () => {
    const turned = (one: unknown): unknown => {
      if (Array.isArray(one)) return one.map(turned);
      if (typeof one !== 'object' || one === null) return one;
      return Object.fromEntries(
        Object.entries(one)
          .toReversed()
          .map(([name, below]) => [name, turned(below)]),
      );
    };
    fc.assert(
      fc.property(body, (one) => {
        const marks = (of: Record<string, unknown>) =>
          splitWebhook(of, context).changes.map(({ mark }) => mark);
        expect(marks(turned(one) as Record<string, unknown>)).toEqual(marks(one));
      }),
      { numRuns: runs / 5 },
    );
  });
});

function countChanges({ entry: entries }: Record<string, unknown>): number {
  if (!Array.isArray(entries)) return 0;
  const counts = entries.map((one: unknown) => {
    const changes: unknown =
      typeof one === 'object' && one !== null ? Reflect.get(one, 'changes') : undefined;
    return Array.isArray(changes) ? changes.length : 0;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}
