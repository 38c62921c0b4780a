import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureFiles } from '../../src/doctor/fixtures.ts';
import { redact, type Fixture } from '../../src/doctor/redact.ts';
import { parseJson } from '../../src/graph/lossless-json.ts';
import type { Exchange } from '../../src/ports/preflight.ts';

const runs = process.env['TEST_LONG'] === '1' ? 20_000 : 500;

const exchange = (over: Partial<Exchange> = {}): Exchange => ({
  method: 'GET',
  path: '/v26.0/118620475930264?fields=id%2Cname&appsecret_proof=0011aabbccddeeff0011aabbccddeeff',
  status: 200,
  headers: {
    'facebook-api-version': 'v26.0',
    'content-type': 'application/json',
    'x-fb-trace-id': 'Trace123',
  },
  body: '{}',
  answeredAt: 0,
  ...over,
});
const withBody = (body: unknown, over: Partial<Exchange> = {}) =>
  exchange({ body: JSON.stringify(body), ...over });
const redacted = (...exchanges: Exchange[]) => redact(exchanges, { parseJson });
/** As JSON has it again: what was put in. */
const bodyOf = (one: Fixture | undefined): unknown => JSON.parse(JSON.stringify(one?.body));

/** What must not be seen, as Meta writes it, and how it could be known again. */
const personal = fc.oneof(
  fc.stringMatching(/^EAA[A-Za-z0-9]{30,60}$/),
  fc.stringMatching(/^[0-9a-f]{64}$/),
  fc.stringMatching(/^[1-9]\d{11,17}$/),
  fc.stringMatching(/^\+[1-9] \d{3}-\d{3}-\d{4}$/),
  fc.stringMatching(/^\+[1-9]\d{9,13}$/),
  fc.stringMatching(/^q[a-z]{7,12}@z[a-z]{7,10}\.example$/),
  fc.stringMatching(/^Q[a-z]{6,12} Z[a-z]{6,12}$/),
  fc.stringMatching(/^https:\/\/q[a-z]{7,12}\.example\/hook\?key=[a-z]{12}$/),
  fc.stringMatching(/^QVFI[A-Za-z0-9_-]{20,40}$/),
);
const members = fc.constantFrom(
  'id',
  'name',
  'message',
  'error_user_msg',
  'fbtrace_id',
  'phone_number',
  'app_id',
  'user_id',
  'callback_url',
  'after',
  'next',
  'details',
  'type',
  'code',
  'object',
  'verification_status',
  'expires_at',
  'something_new',
  'application',
  'title',
  'scopes',
);

/** Answers with something personal anywhere, also as a number, in a list, in a sentence and as the name of a member. */
const planted = fc
  .record({
    secret: personal,
    member: members,
    way: fc.constantFrom('plain', 'number', 'list', 'sentence', 'key', 'deep', 'header', 'html'),
  })
  .map(({ secret, member, way }): { secret: string; one: Exchange } => {
    const isDigits = /^\d+$/.test(secret);
    switch (way) {
      case 'number':
        return {
          secret,
          one: exchange({ body: `{"${member}":${isDigits ? secret : JSON.stringify(secret)}}` }),
        };
      case 'list':
        return { secret, one: withBody({ [member]: [secret, { [member]: secret }] }) };
      case 'sentence':
        return {
          secret,
          one: withBody({
            error: { [member]: `(#100) The business ${secret} is not eligible, '${secret}'.` },
          }),
        };
      case 'key':
        return { secret, one: withBody({ [secret]: 1 }) };
      case 'deep':
        return { secret, one: withBody({ data: [{ [member]: { data: { [member]: secret } } }] }) };
      case 'header':
        return {
          secret,
          one: exchange({
            headers: {
              'x-business-use-case-usage': JSON.stringify({ [secret]: [{ type: secret }] }),
              date: secret,
              'content-type': secret,
              'x-fb-debug': secret,
            },
          }),
        };
      case 'html':
        return { secret, one: exchange({ body: `<p>${secret}</p>` }) };
      case 'plain':
        return {
          secret,
          one: withBody(
            { [member]: secret },
            {
              path: `/v26.0/${encodeURIComponent(secret)}/x?input_token=${encodeURIComponent(secret)}&${encodeURIComponent(secret)}=1&fields=${encodeURIComponent(secret)}`,
            },
          ),
        };
    }
  });

describe('a recorded answer', () => {
  it('holds nothing that was secret or personal, whatever stands where', () => {
    fc.assert(
      fc.property(fc.array(planted, { minLength: 1, maxLength: 4 }), (all) => {
        const files = fixtureFiles(
          all.map(({ one }) => one),
          { parseJson },
        );
        const text = files.map((file) => file.name + file.text).join('\n');
        const digits = text.replace(/[\s()./-]/g, '');
        for (const { secret } of all) {
          expect(text).not.toContain(secret);
          expect(text).not.toContain(encodeURIComponent(secret));
          if (/^\+?[\d\s()-]+$/.test(secret)) expect(digits).not.toContain(secret.replace(/\D/g, ''));
          for (const word of secret.match(/\b[QqZz][A-Za-z]{6,}/g) ?? []) expect(text).not.toContain(word);
        }
      }),
      { numRuns: runs },
    );
  });

  it('holds the same digits wherever the same id stands, and as many', () => {
    const [one, other] = redacted(
      withBody({ id: '118620475930264', name: 'Nora Blum' }),
      exchange({
        path: '/v26.0/118620475930264/preverified_numbers',
        body: '{"data":[{"owner_business":{"id":118620475930264}}]}',
      }),
    );
    const id = (bodyOf(one) as { id: string }).id;
    expect(id).toMatch(/^\d{15}$/);
    expect(id).not.toBe('118620475930264');
    expect(one?.path).toBe(`/v26.0/${id}`);
    expect(other?.path).toBe(`/v26.0/${id}/preverified_numbers`);
    expect(
      String((bodyOf(other) as { data: { owner_business: { id: unknown } }[] }).data[0]?.owner_business.id),
    ).toBe(id);
  });

  it('keeps the spelling of a telephone number, with the same digits in each', () => {
    const [one] = redacted(
      withBody({ phone_number: '+1 555-010-0001', phone_digits: '15550100001', phone_text: '+15550100001' }),
    );
    const [a, b, c] = Object.values(bodyOf(one) as Record<string, string>);
    expect(a).toMatch(/^\+\d \d{3}-\d{3}-\d{4}$/);
    expect([a?.replace(/\D/g, ''), c]).toEqual([b, `+${b}`]);
  });

  it('tells two ids apart', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[1-9]\d{9,16}$/), { minLength: 2, maxLength: 20 }),
        (ids) => {
          const [one] = redacted(withBody({ data: ids }));
          const masked = (bodyOf(one) as { data: string[] }).data;
          expect(new Set(masked).size).toBe(ids.length);
          expect(masked.filter((id) => ids.includes(id))).toEqual([]);
        },
      ),
      { numRuns: runs / 5 },
    );
  });

  it('gives nothing a stand-in that is another’s own', () => {
    const ids = ['400000000000001', '500000000000001', '500000000000002'];
    const [one] = redacted(withBody({ data: ids }));
    for (const id of (bodyOf(one) as { data: string[] }).data) expect(ids).not.toContain(id);
  });

  it('keeps what shows where Meta differs', () => {
    const body = {
      data: {
        is_valid: true,
        type: 'SYSTEM_USER',
        expires_at: 0,
        issued_at: 1_795_000_000,
        scopes: ['business_management'],
        granular_scopes: [{ scope: 'whatsapp_business_management' }],
        new_kind_of_field: 1,
      },
    };
    const refusal = {
      error: {
        message: '(#100) Business is not eligible for pre-verified phone number access',
        type: 'OAuthException',
        code: 100,
        error_subcode: 2388367,
      },
    };
    const number = {
      code_verification_status: 'NOT_VERIFIED',
      verification_expiry_time: '2026-12-01T10:00:00+0000',
    };
    const subscription = {
      data: [
        {
          object: 'whatsapp_business_account',
          active: true,
          fields: [{ name: 'account_update', version: 'v26.0' }],
        },
      ],
    };
    const kept = redacted(
      withBody(body),
      withBody(refusal, { status: 422 }),
      withBody(number),
      withBody(subscription),
    );
    expect(kept.map((one) => one.body)).toEqual([body, refusal, number, subscription]);
    expect(kept[1]?.status).toBe(422);
    expect(kept[0]?.headers).toEqual({ 'facebook-api-version': 'v26.0', 'content-type': 'application/json' });
    expect(kept[0]?.query).toEqual({ fields: 'id,name', appsecret_proof: '[secret 1]' });
  });
});
