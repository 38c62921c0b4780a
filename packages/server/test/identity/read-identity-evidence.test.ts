import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityStanding, nobody, withEvidence, withTrust } from '../../src/domain/customer-identity.ts';
import { readIdentityEvidence } from '../../src/domain/read-identity-evidence.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';

const numRuns = process.env['TEST_LONG'] === '1' ? 50_000 : 3_000;
const second = 1000;
const seconds = String(t0 / second - 60);
const at = t0 - 60 * second;
const metadata = { display_phone_number: '15550051310', phone_number_id: '106540352242922' };
const number = { phoneNumberId: '106540352242922' };
const contact = { wa_id: '16505551234', identity_key_hash: 'DF2lS5v2W6x=' };
const message = { from: '16505551234', id: 'wamid.A', timestamp: seconds };
const status = { id: 'wamid.B', status: 'delivered', timestamp: seconds, recipient_id: '16505551234' };
const withHash = { ...status, recipient_identity_key_hash: 'DF2lS5v2W6x=' };

const read = (value: unknown, over: object = {}) =>
  readIdentityEvidence({ entryId: '1', entryTime: undefined, field: 'messages', value, ...over }, t0);
const seen = { kind: 'seen', ...number, waId: '16505551234', hash: 'DF2lS5v2W6x=', at };

describe('a messages webhook', () => {
  it('says who wrote, once for each message', () => {
    const messages = [message, { ...message, id: 'wamid.C', timestamp: Number(seconds) + 5 }];
    expect(read({ metadata, contacts: [contact], messages })).toEqual([
      { ...seen, messageId: 'wamid.A' },
      { ...seen, messageId: 'wamid.C', at: at + 5 * second },
    ]);
  });

  it('gives each of several contacts their own messages alone; one alone has all of them', () => {
    const other = { wa_id: '16505555678', identity_key_hash: 'another=' };
    const theirs = { from: '16505555678', id: 'wamid.D', timestamp: seconds };
    const nobodys = { from: '16505550000', id: 'wamid.E', timestamp: seconds };
    expect(read({ metadata, contacts: [contact, other], messages: [message, theirs, nobodys] })).toEqual([
      { ...seen, messageId: 'wamid.A' },
      { ...seen, waId: '16505555678', hash: 'another=', messageId: 'wamid.D' },
    ]);
    expect(read({ metadata, contacts: [contact], messages: [nobodys] })).toEqual([
      { ...seen, messageId: 'wamid.E' },
    ]);
  });

  it.each(['sent', 'delivered', 'read', 'played', 'failed', 'something_new'])(
    'says by a status “%s” with a hash who was written to',
    (word) => {
      expect(read({ metadata, statuses: [{ ...withHash, status: word }] })).toEqual([
        { ...seen, messageId: 'wamid.B' },
      ]);
    },
  );

  it.each([
    ['a number', [{ code: 137000 }]],
    ['a text', [{ code: '137000' }]],
    ['beside others', [{ code: 131000 }, null, { code: 137000, title: 'Confirm the correct …' }]],
  ])('says that a message was not delivered for its hash: 137000 as %s', (_form, errors) => {
    const { hash: _hash, ...about } = seen;
    const mismatch = { ...about, kind: 'mismatch', messageId: 'wamid.B' };
    expect(read({ metadata, statuses: [{ ...status, status: 'failed', errors }] })).toEqual([mismatch]);
    // A hash beside it may be the one that was refused.
    expect(read({ metadata, statuses: [{ ...withHash, status: 'failed', errors }] })).toEqual([mismatch]);
  });

  it.each<[string, unknown]>([
    [
      'a message that failed for something else',
      { statuses: [{ ...status, status: 'failed', errors: [{ code: 131026 }] }] },
    ],
    ['137000 of a message that did not fail', { statuses: [{ ...status, errors: [{ code: 137000 }] }] }],
    ['a status without a hash', { statuses: [status] }],
    ['a contact without a hash', { contacts: [{ wa_id: '16505551234' }], messages: [message] }],
    ['a contact without a message', { contacts: [contact] }],
    [
      'a user without a wa_id',
      { contacts: [{ user_id: 'US.1', identity_key_hash: 'x' }], messages: [message] },
    ],
    ['a message to a group', { statuses: [{ ...withHash, recipient_type: 'group' }] }],
    ['a group by its id', { statuses: [{ ...withHash, recipient_id: 'Y2FwaV9ncm91cDox' }] }],
    [
      'a message in a group',
      { contacts: [contact], messages: [{ ...message, group_id: 'Y2FwaV9ncm91cDox' }] },
    ],
    ['a status without a time', { statuses: [{ ...withHash, timestamp: undefined }] }],
    ['a time in the next century', { statuses: [{ ...withHash, timestamp: '4102444800' }] }],
    ['a status without an id', { statuses: [{ ...withHash, id: undefined }] }],
    ['an id of great length', { statuses: [{ ...withHash, id: 'w'.repeat(201) }] }],
    ['a hash of great length', { statuses: [{ ...withHash, recipient_identity_key_hash: 'h'.repeat(201) }] }],
    ['an empty hash', { statuses: [{ ...withHash, recipient_identity_key_hash: '' }] }],
    ['a hash that no database takes', { statuses: [{ ...withHash, recipient_identity_key_hash: 'a\0b' }] }],
    ['a number without an id', { metadata: {}, statuses: [withHash] }],
    [
      'an id of a number that lost its digits',
      { metadata: { phone_number_id: 2 ** 60 }, statuses: [withHash] },
    ],
  ])('says nothing by %s', (_name, value) => {
    expect(read({ metadata, ...(value as object) })).toEqual([]);
  });

  it('is not any other field', () => {
    const value = { metadata, statuses: [withHash] };
    expect(read(value)).toHaveLength(1);
    for (const field of ['account_update', 'smb_message_echoes', undefined, null, ['messages']]) {
      expect(read(value, { field })).toEqual([]);
    }
  });

  it('takes the time of the entry where a message has none', () => {
    expect(
      read({ metadata, statuses: [{ ...withHash, timestamp: '' }] }, { entryTime: t0 / second }),
    ).toEqual([{ ...seen, messageId: 'wamid.B', at: t0 }]);
  });

  it.each([
    ['a clock that is days behind', String(t0 / second + 172_800)],
    ['no time', undefined],
  ])('is heard without a date when a message was not delivered for its hash, with %s', (_name, timestamp) => {
    const left: string[] = [];
    const failed = { ...status, status: 'failed', timestamp, errors: [{ code: 137000 }] };
    const value = { metadata, statuses: [failed, { ...withHash, timestamp }] };
    const evidence = readIdentityEvidence(
      { entryId: '1', entryTime: undefined, field: 'messages', value },
      t0 + 7,
      () => void left.push('one'),
    );
    expect(evidence).toMatchObject([{ kind: 'mismatch', messageId: 'wamid.B', at: t0, undated: true }]);
    expect(left).toHaveLength(1);
  });

  it('that Meta repeats is no new change of a customer for whom the host has vouched, also without a date', () => {
    const failed = { ...status, status: 'failed', timestamp: undefined, errors: [{ code: 137000 }] };
    const heard = (now: number, id: string) =>
      readIdentityEvidence(
        {
          entryId: '1',
          entryTime: undefined,
          field: 'messages',
          value: { metadata, statuses: [{ ...failed, id }] },
        },
        now,
      );
    const hashes = read({ metadata, contacts: [contact], messages: [message] });
    // Our clock is two days behind.
    const behind = t0 - 172_800 * second;
    const changed = [...hashes, ...heard(behind, 'wamid.1')].reduce(withEvidence, nobody);
    expect(identityStanding(changed)).toMatchObject({ standing: 'changed', changedAt: at + second });
    const trusted = withTrust(changed, behind);
    expect(heard(behind + 120 * second, 'wamid.1').reduce(withEvidence, trusted)).toBe(trusted);
    const next = heard(behind + 180 * second, 'wamid.2').reduce(withEvidence, trusted);
    expect(identityStanding(next)).toMatchObject({ standing: 'changed', messageId: 'wamid.2' });
  });

  it('says only what a database takes, whatever stands in it', () => {
    const form = {
      metadata: fc.oneof(fc.constant(metadata), fc.jsonValue()),
      contacts: listOf(contact, ['wa_id', 'identity_key_hash', 'user_id']),
      messages: listOf(message, ['from', 'id', 'timestamp', 'group_id']),
      statuses: listOf({ ...withHash, status: 'failed' }, [
        'id',
        'status',
        'timestamp',
        'recipient_id',
        'recipient_identity_key_hash',
        'recipient_type',
        'errors',
      ]),
    };
    let readable = 0;
    fc.assert(
      fc.property(fc.oneof(fc.record(form), fc.jsonValue()), fc.jsonValue(), (value, entryTime) => {
        for (const evidence of read(value, { entryTime })) {
          readable += 1;
          expect(evidence.phoneNumberId).toMatch(/^[0-9]{1,20}$/);
          expect(evidence.waId).toMatch(/^[0-9]{5,20}$/);
          expect(evidence.messageId).toMatch(/^[!-~]{1,200}$/);
          expect(evidence.at % second).toBe(0);
          expect(evidence.at).toBeGreaterThan(0);
          if (evidence.kind === 'seen') expect(evidence.hash).toMatch(/^[!-~]{1,200}$/);
        }
      }),
      { numRuns },
    );
    expect(readable).toBeGreaterThan(100);
  });
});

/** A list of what Meta sends, with one member or none of each replaced by anything. */
function listOf(good: object, members: readonly string[]) {
  const one = fc
    .tuple(fc.constantFrom('', ...members), fc.oneof(fc.jsonValue(), fc.constant([{ code: 137000 }])))
    .map(([member, value]) => (member === '' ? good : { ...good, [member]: value }));
  return fc.oneof(fc.array(fc.oneof(one, fc.jsonValue()), { maxLength: 3 }), fc.jsonValue());
}
