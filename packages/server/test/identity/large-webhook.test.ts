import { afterEach, describe, expect, it } from 'vitest';
import { mostWebhookBytes } from '../../src/webhook/receive-webhook.ts';
import { readNews } from '../../src/webhook/read-news.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { startIdentityHost, type IdentityHost } from './support/identity-host.ts';

const webhook = (value: object, object = 'whatsapp_business_account') => ({
  object,
  entry: [
    {
      id: '1',
      time: t0 / 1000,
      changes: [{ field: 'messages', value: { metadata: { phone_number_id: '777' }, ...value } }],
    },
  ],
});

/** As many people as that, each with one message; and one of them with as many contacts. */
const ofMany = (count: number) => ({
  contacts: Array.from({ length: count }, (_, n) => ({
    wa_id: String(10_000_000 + n),
    identity_key_hash: 'a',
  })),
  messages: Array.from({ length: count }, (_, n) => ({
    from: String(10_000_000 + n),
    id: 'w',
    timestamp: '1700000000',
  })),
});
const ofOne = (contacts: number, messages: number) => ({
  contacts: Array.from({ length: contacts }, () => ({ wa_id: '12345', identity_key_hash: 'a' })),
  messages: Array.from({ length: messages }, () => ({ from: '12345', id: 'a', timestamp: '1700000000' })),
});

/** The same value, and how often a member of its contacts and messages is read. */
function counted(value: ReturnType<typeof ofMany>) {
  let reads = 0;
  const watched = <T extends object>(all: readonly T[]) =>
    all.map(
      (one) =>
        new Proxy(one, {
          get: (target, name) => {
            reads += 1;
            return Reflect.get(target, name);
          },
        }),
    );
  const { contacts, messages } = value;
  return { value: { contacts: watched(contacts), messages: watched(messages) }, reads: () => reads };
}

describe('a webhook with as much as Meta may send', () => {
  it.each<[string, (n: number) => ReturnType<typeof ofMany>]>([
    ['of many people', ofMany],
    ['of one person, said again and again', (n) => ofOne(n, n)],
  ])('%s is read in as much work as there is in it', (_name, make) => {
    const workOn = (n: number) => {
      const { value, reads } = counted(make(n));
      expect(readNews(webhook(value), t0).identities).toHaveLength(n);
      return reads();
    };
    const little = workOn(200);
    expect(little).toBeGreaterThan(200);
    expect(workOn(800)).toBeLessThan(little * 5);
  });

  it('is read when one change alone says more than a call takes arguments', () => {
    const { identities } = readNews(webhook(ofOne(1, 200_000)), t0);
    expect(identities).toHaveLength(200_000);
  });

  it('says nothing when it is of another object than accounts', () => {
    expect(readNews(webhook(ofOne(1, 1)), t0).identities).toHaveLength(1);
    expect(readNews(webhook(ofOne(1, 1), 'instagram'), t0).identities).toEqual([]);
  });
});

describe('a host', () => {
  let host: IdentityHost;
  afterEach(() => host.close());

  it.each<[string, ReturnType<typeof ofMany>]>([
    ['of many people', ofMany(31_000)],
    ['of one person', ofOne(20_000, 44_000)],
  ])(
    'takes a webhook of 3 MB %s',
    async (_name, value) => {
      host = await startIdentityHost();
      const body = JSON.stringify(webhook(value));
      expect(body.length).toBeGreaterThan(2.9 * 1024 * 1024);
      expect(body.length).toBeLessThanOrEqual(mostWebhookBytes);
      expect(await host.post(body)).toBe(200);
      const last = value.contacts.at(-1)?.wa_id ?? '';
      expect(await host.signup.numbers.identity('777', last)).toMatchObject({ hash: 'a' });
    },
    60_000,
  );

  it('warns once, and names nobody, when hashes are left out because its clock is days behind', async () => {
    host = await startIdentityHost();
    // The host's clock stands at the start of 2026.
    const late = String((t0 + 3 * 86_400_000) / 1000);
    const value = {
      contacts: [{ wa_id: '16505550000', identity_key_hash: 'CANARYhash' }],
      messages: [{ from: '16505550000', id: 'wamid.CANARY', timestamp: late }],
    };
    const body = JSON.stringify(webhook(value)).replaceAll(String(t0 / 1000), late);
    const lines = () => host.log.filter((line) => line.includes('were left out'));
    expect(lines()).toEqual([]);
    expect([await host.post(body), await host.post(body)]).toEqual([200, 200]);
    expect(lines()).toHaveLength(1);
    expect(lines().join()).not.toMatch(/16505550000|CANARY|777/);
    // That a message was not delivered is heard all the same.
    const failed = {
      statuses: [
        {
          id: 'wamid.1',
          status: 'failed',
          timestamp: late,
          recipient_id: '16505550000',
          errors: [{ code: 137000 }],
        },
      ],
    };
    expect(await host.post(JSON.stringify(webhook(failed)).replaceAll(String(t0 / 1000), late))).toBe(200);
    await host.deliver();
    expect(host.told.map(({ data }) => data['how'])).toEqual(['mismatch']);
  });
});
