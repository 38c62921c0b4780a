import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GraphError } from '../../src/index.ts';
import type { NumbersDeps } from '../../src/numbers/deps.ts';
import { trustIdentity } from '../../src/numbers/trust-identity.ts';
import type { Store } from '../../src/ports/store.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { engines, openStore } from '../support/databases.ts';
import { startIdentityHost, type IdentityHost } from './support/identity-host.ts';

const waId = '16505551234';
const to = `+${waId}`;
const day = 86_400_000;

let host: IdentityHost;
let phoneNumberId: string;
beforeEach(async () => {
  host = await startIdentityHost();
  ({ phoneNumberId } = await host.registered());
  await writes('hi');
});
afterEach(() => host.close());

async function writes(text: string): Promise<void> {
  host.sim.emit({ kind: 'message', phoneNumberId, from: to, text });
  await host.deliver();
}
/** The number changes hands; nobody hears of it yet. */
const isTaken = () => host.sim.emit({ kind: 'identity-changed', waId });
/** A verified text that Meta refuses, because the number has changed hands. */
async function isRefused(body: string): Promise<void> {
  await host.signup.numbers.sendText({ phoneNumberId, to, body, verified: true });
  await host.deliver();
}
const trust = (changeId: string, body?: string) =>
  host.signup.numbers.trustIdentity({ phoneNumberId, to, who: 'ann', changeId, body });
/** Of the n-th change that the host was told of. */
const idOf = (n: number) => String(host.told.at(n)?.data['changeId']);
const standing = async () => (await host.signup.numbers.identity(phoneNumberId, waId)).standing;
const texts = () =>
  host.sim
    .messages()
    .filter(({ direction }) => direction === 'to-customer')
    .map(({ content, status }) => [(content as { body: string }).body, status]); // only texts are sent here
const hashes = () =>
  host.sim.requests({ path: '/*/messages' }).map(({ body }) => body['recipient_identity_key_hash']);
/** Meta says no to the next text, and has not sent it. */
const refuseNext = () =>
  host.sim.setFaults([
    {
      match: { path: '/*/messages' },
      fault: { kind: 'error', status: 400, error: { message: 'No.', type: 'OAuthException', code: 131_031 } },
    },
  ]);

describe('a changeId of a change that was vouched for', () => {
  it('does not vouch for the next change, though no other hash was seen since', async () => {
    isTaken();
    await writes('new phone');
    await trust(idOf(0));
    host.pass(30 * day);
    isTaken();
    await isRefused('your balance');
    expect(host.told.map(({ data }) => data['how'])).toEqual(['new_hash', 'mismatch']);
    expect(idOf(1)).not.toBe(idOf(0));
    // Somebody has the page of the first change open still.
    await expect(trust(idOf(0), 'your balance')).rejects.toMatchObject({
      code: 'identity_changed',
      changeId: idOf(1),
    });
    await host.deliver();
    expect(texts()).toEqual([['your balance', 'failed']]);
    expect(await standing()).toBe('changed');
    await trust(idOf(1));
    await expect(trust(idOf(0), 'your balance')).rejects.toMatchObject({ code: 'identity_changed' });
    expect(texts()).toHaveLength(1);
  });

  it('does not either when a text that Meta refused to take is tried again after the next change', async () => {
    isTaken();
    await writes('new phone');
    refuseNext();
    await expect(trust(idOf(0), 'your balance')).rejects.toBeInstanceOf(GraphError);
    isTaken();
    await isRefused('hello');
    await expect(trust(idOf(0), 'your balance')).rejects.toMatchObject({ code: 'identity_changed' });
    await host.deliver();
    expect(texts()).toEqual([['hello', 'failed']]);
  });

  it('is good for another try as long as nothing is new: with the hash that was vouched for', async () => {
    isTaken();
    await writes('new phone');
    refuseNext();
    await expect(trust(idOf(0), 'your balance')).rejects.toBeInstanceOf(GraphError);
    await writes('still me');
    await trust(idOf(0), 'your balance');
    await host.deliver();
    expect(texts()).toEqual([['your balance', 'delivered']]);
    const hash = await host.signup.numbers.identityHash(phoneNumberId, waId);
    expect(hashes()).toEqual([hash, hash]);
    // And should somebody else have come unheard, Meta does not deliver it.
    isTaken();
    await trust(idOf(0), 'once more');
    await host.deliver();
    expect(texts().at(-1)).toEqual(['once more', 'failed']);
    expect(host.told).toHaveLength(2);
  });

  it('is good for another try after a refusal: without a hash until there is one, then with it', async () => {
    isTaken();
    await isRefused('your balance');
    refuseNext();
    await expect(trust(idOf(0), 'your balance')).rejects.toBeInstanceOf(GraphError);
    await trust(idOf(0), 'your balance');
    await host.deliver();
    expect(hashes().slice(1)).toEqual([undefined, undefined]);
    expect(texts().at(-1)).toEqual(['your balance', 'delivered']);
    const hash = await host.signup.numbers.identityHash(phoneNumberId, waId);
    await trust(idOf(0), 'twice');
    expect(hashes().at(-1)).toBe(hash);
  });

  it('is good for another try without a hash for an hour only: who has the number then, nobody has vouched for', async () => {
    isTaken();
    await isRefused('your balance');
    refuseNext();
    await expect(trust(idOf(0), 'your balance')).rejects.toBeInstanceOf(GraphError);
    host.pass(3_600_000);
    await trust(idOf(0), 'in time');
    // Its status brings no hash here: nobody has fetched the webhook yet.
    host.pass(1);
    isTaken();
    await expect(trust(idOf(0), 'your balance')).rejects.toMatchObject({ code: 'identity_unknown' });
    expect(texts().map(([body]) => body)).toEqual(['your balance', 'in time']);
  });

  it('is none that names a customer who is not changed', async () => {
    isTaken();
    await writes('new phone');
    const [first] = [idOf(0)];
    isTaken();
    await writes('the thief');
    const asked: unknown = await trust(first).catch((error: unknown) => error);
    const { changeId } = asked as { changeId: string }; // an IdentityChangedError, as the tests above have it
    await trust(changeId);
    // An id from the time in which they are known must not be that of the change that comes next.
    const late: unknown = await trust(first).catch((error: unknown) => error);
    expect(late).toMatchObject({ code: 'identity_changed' });
    isTaken();
    await isRefused('hello');
    const { changeId: ofKnown } = late as { changeId: string };
    await expect(trust(ofKnown, 'your balance')).rejects.toMatchObject({ code: 'identity_changed' });
    expect(texts()).toHaveLength(1);
  });
});

describe('the hash that the host vouches for', () => {
  it('is theirs, also when a text under way with the hash before was refused a moment later', async () => {
    isTaken();
    host.sim.emit({ kind: 'message', phoneNumberId, from: to, text: 'new phone' });
    // Its webhook is not here yet when another text goes out with the old hash.
    host.pass(2_000);
    await isRefused('one');
    expect(host.told).toHaveLength(1);
    const now = await host.signup.numbers.identity(phoneNumberId, waId);
    if (now.standing !== 'changed') throw new Error('not changed');
    // The host makes sure of who wrote "new phone". Then the number is stolen, and nobody hears of it.
    isTaken();
    await trust(now.changeId, 'your balance');
    await host.deliver();
    expect(hashes().at(-1)).toEqual(expect.any(String));
    expect(hashes().at(-1)).not.toBe(hashes()[0]);
    expect(texts()).toEqual([
      ['one', 'failed'],
      ['your balance', 'failed'],
    ]);
    expect(host.told).toHaveLength(2);
  });
});

describe('whoever vouches while the identity check is off', () => {
  it('is refused, before anything is kept, when the text would go with a hash that Meta does not look at', async () => {
    isTaken();
    await writes('new phone');
    await host.signup.numbers.setIdentityCheck(phoneNumberId, 'bob', false);
    isTaken();
    await expect(trust(idOf(0), 'your balance')).rejects.toMatchObject({ code: 'identity_check_off' });
    expect(await standing()).toBe('changed');
    expect(hashes()).toEqual([]);
    await host.signup.numbers.setIdentityCheck(phoneNumberId, 'bob', true);
    await trust(idOf(0), 'your balance');
    await host.deliver();
    expect(texts()).toEqual([['your balance', 'failed']]);
  });

  it('may do so without a text, and after a refusal, when there is no hash to look at', async () => {
    isTaken();
    await isRefused('one');
    await host.signup.numbers.setIdentityCheck(phoneNumberId, 'bob', false);
    await trust(idOf(0), 'one');
    expect(hashes().at(-1)).toBeUndefined();
    await host.signup.numbers.setIdentityCheck(phoneNumberId, 'bob', true);
    await writes('hi');
    isTaken();
    await writes('hi?');
    await host.signup.numbers.setIdentityCheck(phoneNumberId, 'bob', false);
    expect(await trust(idOf(1))).toBeUndefined();
    expect(await standing()).toBe('known');
    await expect(trust(idOf(1), 'two')).rejects.toMatchObject({ code: 'identity_check_off' });
  });

  it.each(engines)(
    'is refused also when it is switched off while the vouching is kept, on $name',
    async (engine) => {
      const database = await engine.createMigrated();
      const store = await openStore(database.address);
      try {
        const claim = { id: 'claim-1', customerId: 'x', wabaId: '888', phoneNumberId: '701' };
        const unknown = { sealedToken: undefined, tokenExpiresAt: undefined, sealedPin: undefined };
        const claims = [{ ...claim, ...unknown, phoneNumber: '+14155550001', registeredAt: undefined }];
        await store.importClaims({ now: t0, who: 'ann', claims });
        const seen = {
          kind: 'seen' as const,
          phoneNumberId: '701',
          waId,
          hash: 'a',
          at: t0,
          messageId: 'wamid.1',
        };
        await store.recordIdentities({ now: t0, evidence: [seen] });
        const sent: unknown[] = [];
        const deps = {
          store: {
            ...store,
            async trustIdentity(input: Parameters<Store['trustIdentity']>[0]) {
              const end = await store.trustIdentity(input);
              await store.beginIdentityCheck({ phoneNumberId: '701', enabled: false });
              return end;
            },
          },
          clock: { now: () => t0 },
          graph: { sendText: (text: unknown) => Promise.resolve(sent.push(text)) },
          cipher: {},
        } as unknown as NumbersDeps; // all that is asked
        const vouched = trustIdentity(deps)({ phoneNumberId: '701', to, body: 'your balance' });
        await expect(vouched).rejects.toMatchObject({ code: 'identity_check_off' });
        expect(sent).toEqual([]);
      } finally {
        await store.close();
        await database.drop();
      }
    },
  );
});
