import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGraphClient, type GraphClient } from '../../src/graph/index.ts';
import { canaries } from '../support/host.ts';
import { deliveryStatus, failedStatus, guide, incomingMessage } from './support/guide-webhooks.ts';
import { startIdentityHost, type IdentityHost } from './support/identity-host.ts';

let host: IdentityHost;
beforeEach(async () => {
  host = await startIdentityHost();
});
afterEach(() => host.close());

const { phoneNumberId, waId, hash } = guide;
const identityKept = () => host.signup.numbers.identity(phoneNumberId, waId);

/** The host owns the number of the guide's webhooks. */
async function ownIt(): Promise<void> {
  const { wabaId, phoneNumber } = guide;
  const row = { customerId: 'lucky-shrub', wabaId, phoneNumberId, phoneNumber };
  await host.signup.claims.import([row], 'ann');
}

/** The newest call that Meta saw on this path. */
const lastCall = (path: string) => host.sim.requests({ path }).at(-1);

describe('the guide’s calls', () => {
  let graph: GraphClient;
  beforeEach(() => {
    const { appId, graphUrl } = host.sim.meta;
    const { appSecret, systemUserToken } = canaries;
    graph = createGraphClient({ appId, graphUrl, appSecret, token: systemUserToken });
  });
  afterEach(() => graph.close());

  it('ask for a code by text and hand it in', async () => {
    const popup = host.sim.signUp({ ownNumber: '+15550200001', outcome: 'unverified' });
    const id = String(popup.phoneNumberId);
    await graph.phoneNumber.requestCode({ id, method: 'SMS', language: 'en' });
    expect(lastCall(`/${id}/request_code`)).toMatchObject({
      method: 'POST',
      body: { code_method: 'SMS', language: 'en' },
    });
    const [text] = host.sim.inbox('+15550200001');
    await graph.phoneNumber.verifyCode({ id, code: String(text?.code) });
    expect(lastCall(`/${id}/verify_code`)).toMatchObject({ method: 'POST', status: 200 });
    const number = await graph.phoneNumber.get({ phoneNumberId: id });
    expect(number.verificationStatus).toBe('VERIFIED');
  });

  it('switch the check on and off', async () => {
    const { phoneNumberId: id } = await host.registered();
    for (const enabled of [false, true]) {
      const number = await host.signup.numbers.setIdentityCheck(id, 'ann', enabled);
      expect(number.identityCheck).toBe(enabled);
      expect(lastCall(`/${id}/settings`)).toMatchObject({
        method: 'POST',
        body: { user_identity_change: { enable_identity_key_check: enabled } },
        status: 200,
      });
    }
    const changes = await host.signup.numbers.changes(id);
    expect(
      changes.filter(({ fact }) => fact === 'identityCheck').map(({ after, who }) => [after, who]),
    ).toEqual([
      ['on', 'ann'],
      ['off', 'ann'],
      ['on', 'kit'],
    ]);
  });

  it('send a message with the hash that was stored', async () => {
    const { phoneNumberId: id } = await host.registered();
    host.sim.emit({ kind: 'message', phoneNumberId: id, from: '+16505551234', text: 'Hi' });
    await host.deliver();
    const known = await host.signup.numbers.identityHash(id, waId);
    const body = 'Your latest statement is attached. See... ';
    const sent = await host.signup.numbers.sendText({
      phoneNumberId: id,
      to: '+16505551234',
      body,
      verified: true,
    });
    expect(sent).toEqual({ messageId: expect.stringMatching(/^wamid\./), waId });
    expect(lastCall(`/${id}/messages`)?.body).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+16505551234',
      recipient_identity_key_hash: known,
      type: 'text',
      text: { preview_url: false, body },
    });
  });

  it('read the throughput level', async () => {
    const { phoneNumberId: id } = await host.registered();
    const number = await graph.phoneNumber.get({ phoneNumberId: id, fields: ['id', 'throughput'] });
    expect(lastCall(`/${id}`)?.query).toMatchObject({
      fields: expect.stringMatching(/^[a-z_,]*\bthroughput$/),
    });
    expect(number.throughputLevel).toBe('STANDARD');
  });
});

describe('the guide’s webhooks', () => {
  it('store the hash of who writes', async () => {
    await ownIt();
    expect(await identityKept()).toEqual({ standing: 'unknown' });
    expect(await host.post(incomingMessage)).toBe(200);
    expect(await identityKept()).toEqual({ standing: 'known', hash, seenAt: 1_686_591_695_000 });
  });

  it('store the hash of whom a message was delivered to', async () => {
    await ownIt();
    expect(await host.post(deliveryStatus)).toBe(200);
    expect(await identityKept()).toEqual({ standing: 'known', hash, seenAt: 1_686_591_922_000 });
  });

  it('say, in whichever order and however often they come, that the identity has changed; the host is told once', async () => {
    await ownIt();
    const failed = 'wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJDQzA0OEU4OTdEQUE5REVCQTgA';
    for (const body of [failedStatus, incomingMessage, deliveryStatus, failedStatus, deliveryStatus]) {
      expect(await host.post(body)).toBe(200);
      await host.signup.runDue();
      expect(await identityKept()).toEqual({
        standing: 'changed',
        how: 'mismatch',
        changedAt: 1_686_594_665_000,
        messageId: failed,
        changeId: expect.stringMatching(/^[\w-]{16}$/),
      });
    }
    expect(host.told.map(({ type, data }) => ({ type, data }))).toEqual([
      {
        type: 'identityChanged',
        data: {
          phoneNumberId,
          waId,
          how: 'mismatch',
          messageId: failed,
          changedAt: '2023-06-12T18:31:05.000Z',
          changeId: expect.stringMatching(/^[\w-]{16}$/),
        },
      },
    ]);
  });

  it('reach on.webhook as well, word for word', async () => {
    await ownIt();
    const bodies = [incomingMessage, deliveryStatus, failedStatus];
    for (const body of bodies) await host.post(body);
    expect(host.webhooks.map(({ data }) => data)).toEqual(bodies.map((body) => JSON.parse(body)));
  });

  it('store nothing when the signature is not Meta’s', async () => {
    await ownIt();
    const answer = await fetch(host.sim.webhook().url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
      body: incomingMessage,
    });
    expect(answer.status).toBe(401);
    expect(await identityKept()).toEqual({ standing: 'unknown' });
  });
});
