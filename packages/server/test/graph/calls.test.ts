import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGraphClient } from '../../src/graph/index.ts';
import { forms, start, startMeta, type Meta } from './support/meta.ts';

const day = 86_400_000;

describe.each(forms)('with errors as in $profile and times as $times, Meta', ({ profile, times }) => {
  let meta: Meta;
  beforeEach(async () => {
    meta = await startMeta({ profile, times });
  });
  afterEach(() => meta.close());

  it('takes a number into the pool, sends and takes its code, shows and deletes it', async () => {
    const { graph, businessId } = meta;
    const { id } = await graph.business.addPhoneNumbers({ businessId, phoneNumber: '+1 555-010-0099' });
    expect(await graph.preverifiedNumber.get({ id })).toMatchObject({
      id,
      phoneNumber: '+15550100099',
      verificationStatus: 'NOT_VERIFIED',
      verifiedAt: undefined,
      verificationExpiresAt: undefined,
    });
    await graph.preverifiedNumber.requestCode({ id, method: 'SMS', language: 'en_US' });
    await graph.preverifiedNumber.verifyCode({ id, code: meta.codeFor('+15550100099') });
    expect(await graph.preverifiedNumber.get({ id })).toMatchObject({
      verificationStatus: 'VERIFIED',
      verifiedAt: start,
      verificationExpiresAt: start + 90 * day,
      ownerBusinessId: businessId,
    });
    await graph.preverifiedNumber.delete({ id });
    const left = await graph.business.preverifiedNumbers({ businessId }).all();
    expect(left.map((number) => number.id)).not.toContain(id);
  });

  it('lists the pool over all pages, and by status and number', async () => {
    const { graph, businessId, sim } = meta;
    sim.seedNumbers({ count: 9 });
    sim.seedNumbers({ phoneNumbers: ['+15550177777'], status: 'NOT_VERIFIED' });
    const all = await graph.business.preverifiedNumbers({ businessId, limit: 4 }).all();
    expect(all.map(({ id }) => id)).toEqual(sim.state().preverifiedNumbers.map(({ id }) => id));
    expect(all.length).toBe(13);
    const [only, ...others] = await graph.business
      .preverifiedNumbers({ businessId, verificationStatus: 'NOT_VERIFIED' })
      .all();
    expect([only?.phoneNumber, others]).toEqual(['+15550177777', []]);
    const found = await graph.business
      .preverifiedNumbers({ businessId, phoneNumber: '+1 555-017-7777' })
      .all();
    expect(found).toEqual([only]);
  });

  it('exchanges a code and says what the token is good for', async () => {
    const { graph, sim } = meta;
    const { wabaId, token } = await meta.customer();
    expect(await graph.oauth.debugToken(token)).toMatchObject({
      valid: true,
      appId: sim.appId,
      wabaIds: [wabaId],
      expiresAt: undefined,
      type: 'SYSTEM_USER',
      issuedAt: start,
      scopes: expect.arrayContaining(['whatsapp_business_management']),
    });
    expect(await graph.oauth.debugToken('EAAnothing')).toMatchObject({ valid: false, wabaIds: [] });
  });

  it('shows the customer’s account, business and number', async () => {
    const { graph, sim } = meta;
    const { wabaId, phoneNumberId, businessId, token } = await meta.customer();
    const name = sim.state().accounts[0]?.name;
    expect(await graph.whatsAppBusinessAccount.get({ wabaId }, { token })).toMatchObject({
      id: wabaId,
      name,
      ownerBusiness: { id: businessId },
    });
    expect(await graph.business.get({ businessId: meta.businessId })).toMatchObject({ id: meta.businessId });
    const number = {
      id: phoneNumberId,
      verificationStatus: 'VERIFIED',
      platformType: 'NOT_APPLICABLE',
      status: 'PENDING',
      onBusinessApp: false,
      preverified: true,
      pinEnabled: false,
      throughputLevel: expect.any(String),
      qualityRating: expect.any(String),
      nameStatus: expect.any(String),
      messagingLimit: expect.any(String),
    };
    expect(await graph.phoneNumber.get({ phoneNumberId }, { token })).toMatchObject(number);
    expect(await graph.whatsAppBusinessAccount.phoneNumbers({ wabaId }, { token }).all()).toMatchObject([
      number,
    ]);
    expect(
      await graph.whatsAppBusinessAccount.findPhoneNumber({ wabaId, phoneNumber: '15550100001' }, { token }),
    ).toMatchObject({ id: phoneNumberId });
    const shared = await graph.business.clientWhatsAppBusinessAccounts({ businessId: meta.businessId }).all();
    expect(shared).toMatchObject([{ id: wabaId }]);
  });

  it('registers a number, changes its PIN, and deregisters it', async () => {
    const { graph } = meta;
    const { phoneNumberId, token } = await meta.customer();
    await graph.phoneNumber.register({ phoneNumberId, pin: '271828' }, { token });
    expect(await graph.phoneNumber.get({ phoneNumberId }, { token })).toMatchObject({
      platformType: 'CLOUD_API',
      status: 'CONNECTED',
      pinEnabled: true,
      lastOnboardedAt: start,
    });
    await graph.phoneNumber.setPin({ phoneNumberId, pin: '314159' }, { token });
    await graph.phoneNumber.deregister({ phoneNumberId }, { token });
    expect(await graph.phoneNumber.get({ phoneNumberId }, { token })).toMatchObject({
      status: 'DISCONNECTED',
    });
    await graph.phoneNumber.register({ phoneNumberId, pin: '314159' }, { token });
  });

  it('verifies a number on an account that lapsed', async () => {
    const { graph, sim } = meta;
    const { phoneNumberId, token } = await meta.customer();
    sim.advance('P91D');
    await graph.phoneNumber.requestCode({ id: phoneNumberId, method: 'VOICE', language: 'en' }, { token });
    await graph.phoneNumber.verifyCode({ id: phoneNumberId, code: meta.codeFor('+15550100001') }, { token });
    expect(await graph.phoneNumber.get({ phoneNumberId }, { token })).toMatchObject({
      verificationStatus: 'VERIFIED',
    });
  });

  it('adds a number of the pool to an account', async () => {
    const { graph, sim } = meta;
    const { wabaId, token } = await meta.customer();
    const preverifiedId = meta.pool(0);
    const { id } = await graph.whatsAppBusinessAccount.createPhoneNumber(
      { wabaId, countryCode: '+1', phoneNumber: '555-010-0002', verifiedName: 'Lucky Shrub', preverifiedId },
      { token: sim.systemUserToken },
    );
    expect(await graph.phoneNumber.get({ phoneNumberId: id }, { token })).toMatchObject({
      verifiedName: 'Lucky Shrub',
      verificationStatus: 'VERIFIED',
    });
    expect(meta.pool(0)).not.toBe(preverifiedId);
  });

  it('subscribes the app, with and without an override, lists it, and takes it off', async () => {
    const { graph, sim } = meta;
    const { wabaId, token } = await meta.customer();
    const { whatsAppBusinessAccount: account } = graph;
    await account.subscribeApp({ wabaId }, { token });
    expect(await account.subscribedApps({ wabaId }, { token }).all()).toMatchObject([
      { id: sim.appId, overrideCallbackUri: undefined },
    ]);
    const override = { callbackUri: 'https://bsp.example/webhook', verifyToken: 'verify' };
    await account.subscribeApp({ wabaId, override }, { token });
    expect(await account.subscribedApps({ wabaId }, { token }).all()).toMatchObject([
      { overrideCallbackUri: override.callbackUri },
    ]);
    await account.unsubscribeApp({ wabaId }, { token });
    expect(await account.subscribedApps({ wabaId }, { token }).all()).toEqual([]);
  });

  it('sends texts, with the identity that was checked before', async () => {
    const { graph, sim } = meta;
    const { phoneNumberId, token } = await meta.customer();
    await graph.phoneNumber.register({ phoneNumberId, pin: '271828' }, { token });
    await graph.phoneNumber.setIdentityCheck({ phoneNumberId, enabled: true }, { token });
    expect(sim.state().phoneNumbers[0]).toMatchObject({ identityKeyCheck: true });
    const { messageId, waId } = await graph.phoneNumber.sendText(
      { phoneNumberId, to: '+1 650-555-1234', text: 'Hello', recipientIdentityKeyHash: 'DF2lS5v2W6x=' },
      { token },
    );
    expect([messageId, waId]).toEqual([expect.stringMatching(/^wamid\./), '16505551234']);
    expect(await graph.phoneNumber.settings({ phoneNumberId }, { token })).toBeTypeOf('object');
  });

  it('shares a number of the pool, lists its partners, and takes it back', async () => {
    const { graph, sim, businessId } = meta;
    const partner = sim.addPartner({ name: 'Other Partner' });
    const preverifiedId = meta.pool(0);
    const share = { businessId, partnerBusinessId: partner.businessId, preverifiedId };
    await graph.business.sharePreverifiedNumber(share);
    expect(await graph.preverifiedNumber.partners({ id: preverifiedId }).all()).toMatchObject([
      { id: partner.businessId, name: 'Other Partner' },
    ]);
    const theirs = graph.business.preverifiedNumbers(
      { businessId: partner.businessId },
      { token: partner.systemUserToken },
    );
    expect(await theirs.all()).toMatchObject([{ id: preverifiedId, ownerBusinessId: businessId }]);
    await graph.business.unsharePreverifiedNumber(share);
    expect(await graph.preverifiedNumber.partners({ id: preverifiedId }).all()).toEqual([]);
  });

  it('finds the customer’s token again, without the code', async () => {
    const { graph } = meta;
    const { businessId, token } = await meta.customer();
    const found = await graph.business.systemUserAccessToken({ customerBusinessId: businessId });
    expect(found).toEqual({ accessToken: token });
  });

  it('pays for an account by the partner’s credit line, in one step or in two', async () => {
    const { graph, sim } = meta;
    const { creditLine, whatsAppBusinessAccount: account } = graph;
    const [line] = await graph.business.extendedCredits({ businessId: meta.businessId }).all();
    const creditLineId = line?.id ?? '';
    const systemUser = (await graph.oauth.debugToken(sim.systemUserToken)).userId ?? '';

    const one = await meta.customer(0);
    await account.assignUser({ wabaId: one.wabaId, userId: systemUser });
    const users = await account.assignedUsers({ wabaId: one.wabaId, businessId: meta.businessId }).all();
    expect(users).toMatchObject([{ id: systemUser, tasks: expect.arrayContaining(['MANAGE']) }]);
    const attached = await creditLine.shareAndAttach({
      creditLineId,
      wabaId: one.wabaId,
      wabaCurrency: 'USD',
    });
    expect(attached.wabaId).toBe(one.wabaId);
    const { receivingCredentialId } = await creditLine.allocation({
      allocationConfigId: attached.allocationConfigId ?? '',
    });
    const funded = await account.get({ wabaId: one.wabaId, fields: ['id', 'primary_funding_id'] });
    expect(funded.primaryFundingId).toBe(receivingCredentialId);
    await account.removeUser({ wabaId: one.wabaId, userId: systemUser });

    const two = await meta.customer(0);
    await creditLine.share({ creditLineId, receivingBusinessId: two.businessId });
    await creditLine.attach({ creditLineId, wabaId: two.wabaId, wabaCurrency: 'EUR' }, { token: two.token });
    const again = await account.get({ wabaId: two.wabaId, fields: ['primary_funding_id'] });
    expect(again.primaryFundingId).toMatch(/^\d+$/);
  });
});

describe('Meta', () => {
  it('that insists on proofs gets one with every token', async () => {
    const meta = await startMeta({ requireAppSecretProof: true });
    const { token, wabaId } = await meta.customer();
    expect(await meta.graph.oauth.debugToken(token)).toMatchObject({ valid: true });
    expect(await meta.graph.whatsAppBusinessAccount.get({ wabaId }, { token })).toMatchObject({ id: wabaId });
    expect(await meta.graph.business.get({ businessId: meta.businessId })).toMatchObject({
      id: meta.businessId,
    });
    await meta.close();
  });

  it('that serves an old version by a newer one is noticed', async () => {
    const { sim, businessId, close } = await startMeta({ graphVersions: ['v25.0', 'v26.0'] });
    const served: string[] = [];
    const graph = createGraphClient({
      appId: sim.appId,
      appSecret: sim.appSecret,
      token: sim.systemUserToken,
      graphUrl: sim.url,
      graphVersion: 'v24.0',
      onVersionMismatch: (version) => void served.push(version),
    });
    await graph.business.get({ businessId });
    await graph.business.get({ businessId });
    expect(served).toEqual(['v25.0']);
    await graph.close();
    await close();
  });
});
