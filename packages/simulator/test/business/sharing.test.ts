import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { at, errorOf, graph, queryOf, text } from '../support/graph-client.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';

function sharingPath(simulator: Simulator, changes: Readonly<Record<string, string>>, business?: string) {
  return `/v26.0/${business ?? simulator.businessId}/share_preverified_numbers?${queryOf(changes)}`;
}

/** Shares a number with a partner, or ends it, as the guide does: everything in the query. */
function sharing(
  simulator: Simulator,
  method: 'POST' | 'DELETE',
  preverified_id: string,
  partner_business_id: string,
  token = simulator.systemUserToken,
) {
  const path = sharingPath(simulator, { preverified_id, partner_business_id });
  return graph(simulator, `${method} ${path}`, { token });
}

async function poolOf(simulator: Simulator, business: { businessId: string; systemUserToken: string }) {
  const answer = await graph(simulator, `GET /v26.0/${business.businessId}/preverified_numbers?fields=id`, {
    token: business.systemUserToken,
  });
  return at(answer.body, 'data');
}

describe.each(['live', 'openapi'] as const)('in the %s profile', (profile) => {
  test('a shared number shows in the partner’s list and stays the owner’s', async () => {
    const simulator = await playground({ profile });
    const partner = simulator.addPartner({ name: 'Second Partner' });
    const { id } = seedOne(simulator);
    seedOne(simulator);
    expect(await poolOf(simulator, partner)).toEqual([]);
    const shared = await sharing(simulator, 'POST', id, partner.businessId);
    expect(shared).toMatchObject({ status: 200, body: { success: true } });
    expect(await poolOf(simulator, partner)).toEqual([{ id }]);
    expect(await poolOf(simulator, simulator)).toHaveLength(2);
    const seen = await graph(simulator, `GET /v26.0/${id}?fields=owner_business`, {
      token: partner.systemUserToken,
    });
    expect(at(seen.body, 'owner_business', 'id')).toBe(simulator.businessId);
  });

  test('once unshared it is gone for the partner, and can be shared again', async () => {
    const simulator = await playground({ profile });
    const partner = simulator.addPartner();
    const { id } = seedOne(simulator);
    await sharing(simulator, 'POST', id, partner.businessId);
    const ended = await sharing(simulator, 'DELETE', id, partner.businessId);
    expect(ended).toMatchObject({ status: 200, body: { success: true } });
    expect(await poolOf(simulator, partner)).toEqual([]);
    expect((await graph(simulator, `GET /${id}`, { token: partner.systemUserToken })).status).not.toBe(200);
    expect((await sharing(simulator, 'POST', id, partner.businessId)).status).toBe(200);
  });

  test('a partner may neither delete nor verify nor pass on what is shared with it', async () => {
    const simulator = await playground({ profile });
    const partner = simulator.addPartner();
    const other = simulator.addPartner();
    const { id } = seedOne(simulator);
    await sharing(simulator, 'POST', id, partner.businessId);
    const token = partner.systemUserToken;
    const refused = { status: 403, code: 200, subcode: profile === 'live' ? undefined : 1349174 };
    const tries = [
      `DELETE /v26.0/${id}`,
      `POST /v26.0/${id}/request_code?code_method=SMS&language=en_US`,
      `POST /v26.0/${id}/verify_code?code=123456`,
      `GET /v26.0/${id}/partners`,
      `POST ${sharingPath(simulator, { preverified_id: id, partner_business_id: other.businessId }, partner.businessId)}`,
    ];
    for (const request of tries) expect(errorOf(await graph(simulator, request, { token }))).toEqual(refused);
    expect(simulator.state().preverifiedNumbers).toHaveLength(1);
  });
});

const ERRORS = [
  ['an id that is not made of digits', 'abc', 'partner', [400, 100], [400, 100]],
  ['a number that is not there', '999', 'partner', [400, 100, 33], [404, 803]],
  ['a business that is not there', 'number', '999', [400, 100], [400, 100]],
  ['the business of a customer', 'number', 'customer', [403, 200], [403, 200, 1349175]],
  ['oneself', 'number', 'own', [400, 100], [422, 100]],
  ['a partner of no common solution', 'number', 'stranger', [400, 100], [422, 100]],
  ['a partner who has it already', 'shared', 'partner', [400, 100], [422, 100]],
  ['a number that is not verified', 'unverified', 'partner', [400, 100], [422, 100]],
] as const;

describe.each([
  ['live', 3],
  ['openapi', 4],
] as const)('sharing is refused in the %s profile', (profile, column) => {
  test.each(ERRORS)('with %s', async (...row) => {
    const [, numberName, businessName] = row;
    const simulator = await playground({ profile });
    const partner = simulator.addPartner();
    const names: Readonly<Record<string, string>> = {
      number: seedOne(simulator).id,
      shared: seedOne(simulator).id,
      unverified: seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' }).id,
      partner: partner.businessId,
      stranger: simulator.addPartner({ inSolution: false }).businessId,
      customer: (await onboarded(simulator)).businessId,
      own: simulator.businessId,
    };
    await sharing(simulator, 'POST', names['shared'] ?? '', partner.businessId);
    const before = simulator.state();
    const answer = await sharing(
      simulator,
      'POST',
      names[numberName] ?? numberName,
      names[businessName] ?? businessName,
    );
    const [status, code, subcode] = row[column] as readonly [number, number, number?];
    expect(errorOf(answer)).toEqual({ status, code, subcode });
    expect(simulator.state()).toEqual(before);
  });

  test('without either of its parameters', async () => {
    const simulator = await playground({ profile });
    const token = simulator.systemUserToken;
    for (const method of ['POST', 'DELETE']) {
      for (const one of [{ preverified_id: '1' }, { partner_business_id: '1' }]) {
        const answer = await graph(simulator, `${method} ${sharingPath(simulator, one)}`, { token });
        expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
      }
    }
  });

  test('when there is no sharing to end', async () => {
    const simulator = await playground({ profile });
    const partner = simulator.addPartner();
    const answer = await sharing(simulator, 'DELETE', seedOne(simulator).id, partner.businessId);
    expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
    const nobody = await sharing(simulator, 'DELETE', seedOne(simulator).id, '999');
    expect(errorOf(nobody)).toEqual({ status: 400, code: 100 });
  });
});

test('numbers that are not verified can be shared when that is assumed', async () => {
  const simulator = await playground({ assume: { shareableNumbers: 'any' } });
  const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
  const { businessId } = simulator.addPartner();
  expect((await sharing(simulator, 'POST', id, businessId)).status).toBe(200);
});

test('the parameters may be JSON, and for DELETE a body too', async () => {
  const simulator = await playground();
  const { businessId } = simulator.addPartner();
  const json = { preverified_id: seedOne(simulator).id, partner_business_id: businessId };
  const path = `/v26.0/${simulator.businessId}/share_preverified_numbers`;
  const token = simulator.systemUserToken;
  expect((await graph(simulator, `POST ${path}`, { token, json })).status).toBe(200);
  const form = new URLSearchParams(json);
  expect((await graph(simulator, `DELETE ${path}`, { token, form })).status).toBe(200);
});

test('Meta’s sample requests leave the business out of the path: it is the token’s own', async () => {
  const simulator = await playground();
  const partner = simulator.addPartner();
  const query = queryOf({ partner_business_id: partner.businessId, preverified_id: seedOne(simulator).id });
  const token = simulator.systemUserToken;
  for (const method of ['POST', 'DELETE']) {
    const answer = await graph(simulator, `${method} /v17.0/share_preverified_numbers?${query}`, { token });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
  }
  const app = `${simulator.appId}|${simulator.appSecret}`;
  const byApp = await graph(simulator, `POST /share_preverified_numbers?${query}`, { token: app });
  expect(errorOf(byApp).code).toBe(2500);
});

test('the owner lists with whom a number is shared, page by page', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator);
  const partners = ['A', 'B', 'C'].map((name) => ({ name, ...simulator.addPartner({ name }) }));
  for (const { businessId } of partners) await sharing(simulator, 'POST', id, businessId);
  const token = simulator.systemUserToken;
  const first = await graph(simulator, `GET /v26.0/${id}/partners?limit=2`, { token });
  expect(at(first.body, 'data')).toEqual(
    partners.slice(0, 2).map(({ businessId, name }) => ({ id: businessId, name })),
  );
  const after = text(first.body, 'paging', 'cursors', 'after');
  const query = `fields=verification_status,two_factor_type&after=${after}`;
  const rest = await graph(simulator, `GET /v26.0/${id}/partners?${query}`, { token });
  expect(at(rest.body, 'data')).toEqual([
    { id: partners[2]?.businessId, verification_status: 'verified', two_factor_type: 'none' },
  ]);
  for (const bad of ['fields=nonsense', 'limit=0', 'limit=x', 'after=!']) {
    const answer = await graph(simulator, `GET /v26.0/${id}/partners?${bad}`, { token });
    expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
  }
});

test('a claimed number is nobody’s any more, and a partner’s own numbers are not ours', async () => {
  const simulator = await playground();
  const partner = simulator.addPartner();
  const { id } = seedOne(simulator);
  await sharing(simulator, 'POST', id, partner.businessId);
  const query = queryOf({ phone_number: '+44 20 7946 0958' });
  const added = await graph(simulator, `POST /${partner.businessId}/add_phone_numbers?${query}`, {
    token: partner.systemUserToken,
  });
  simulator.signUp({ numberId: id });
  expect(await poolOf(simulator, partner)).toEqual([{ id: text(added.body, 'id') }]);
  expect(await poolOf(simulator, simulator)).toEqual([]);
  const ours = await graph(simulator, `GET /${text(added.body, 'id')}`, { token: simulator.systemUserToken });
  expect(errorOf(ours).subcode).toBe(33);
});

test('a customer sees partners as little as pools', async () => {
  const simulator = await playground();
  const partner = simulator.addPartner();
  const { token } = await onboarded(simulator);
  expect(errorOf(await graph(simulator, `GET /${partner.businessId}`, { token })).subcode).toBe(33);
});

test('the state names partners and what is shared with them, without tokens', async () => {
  const simulator = await playground();
  const { businessId, systemUserToken } = simulator.addPartner({ name: 'Second Partner' });
  const { id } = seedOne(simulator);
  await sharing(simulator, 'POST', id, businessId);
  expect(simulator.state().partners).toEqual([
    {
      businessId,
      name: 'Second Partner',
      systemUserId: expect.stringMatching(/^\d+$/),
      inSolution: true,
      sharedNumberIds: [id],
    },
  ]);
  expect(JSON.stringify(simulator.state())).not.toContain(systemUserToken);
});
