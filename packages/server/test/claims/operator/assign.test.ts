import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../../support/databases.ts';
import { startHost, type TestHost } from '../../support/host.ts';
import { incoming, t0 } from '../../../src/testing/contract/contract-case.ts';
import { systemRandom } from '../../../src/system/system-random.ts';
import { deliver, later, leftToOperator, otherNode, type Staff, staffOf } from './support/staff.ts';

/** A customer took a number that was set aside for another one. */
async function tookAnothers(host: TestHost) {
  const [held] = (await host.open('wind-and-wool')).numbers;
  const delivered = await deliver(host, 'lucky-shrub', { numberId: held?.id });
  await host.signup.runDue();
  return delivered;
}

/** An account with two numbers, and a page that named neither. */
async function withTwoNumbers(host: TestHost) {
  const first = host.sim.signUp({ person: 'nora', ownNumber: '+1 555 020 0001' });
  const second = await deliver(
    host,
    'lucky-shrub',
    { person: 'nora', accountId: first.wabaId, ownNumber: '+1 555 020 0002' },
    { event: false },
  );
  await later(host);
  return { id: second.id, first, second };
}

/** A claim that belongs to nobody, with a token: as it is when Meta's word comes without a page. */
async function orphan(host: TestHost): Promise<string> {
  const store = otherNode(host);
  const id = systemRandom.id();
  await store.recordClaim(
    incoming('nobody', { id, workId: systemRandom.id(), customerId: '', codeMark: 'mark-of-nobody' }),
  );
  const [lease] = await store.leaseWork({ now: t0, limit: 1, claimId: id });
  if (lease === undefined) throw new Error('the work could not be leased');
  await store.keepToken({ lease, now: t0, sealedToken: 'sealed', expiresAt: undefined });
  await store.finishStep({
    lease,
    now: t0,
    event: 'operator_needed',
    reason: { code: 'customer_unknown', message: 'Say whose it is.' },
    next: { do: 'done' },
  });
  await store.close();
  return id;
}

describe.each(engines)('assigning a claim on $name', ({ name }) => {
  let host: TestHost;
  let staff: Staff;
  beforeEach(async () => {
    host = await startHost({ engine: name === 'SQLite' ? 'SQLite' : 'PostgreSQL' });
    staff = staffOf(host);
  });
  afterEach(() => host.close());

  it('to the customer who took a number that was set aside for another gets it registered', async () => {
    const { id } = await tookAnothers(host);
    expect(await staff.claim(id)).toMatchObject({ reason: { code: 'pool_number_of_another' } });
    const answer = await staff.post(`/claims/${id}/assign`, { customerId: 'lucky-shrub' });
    expect(answer.status).toBe(200);
    expect(answer.body.claim).toMatchObject({ status: 'received', step: 'prove', customerId: 'lucky-shrub' });
    expect(await staff.history(id)).toContain('operator: assigned: customer lucky-shrub');
    await later(host);
    expect(await staff.claim(id)).toMatchObject({ status: 'registered', numberSource: 'pool' });
  });

  it('to one of several numbers gets that one registered', async () => {
    const { id, first } = await withTwoNumbers(host);
    expect(await staff.claim(id)).toMatchObject({ reason: { code: 'several_numbers' } });
    await staff.post(`/claims/${id}/assign`, { phoneNumberId: first.phoneNumberId });
    await later(host);
    expect(await staff.claim(id)).toMatchObject({
      status: 'registered',
      phoneNumberId: first.phoneNumberId,
      phoneNumber: '+15550200001',
    });
  });

  it('to a number that Meta does not list on the account gets nothing registered', async () => {
    const { id } = await withTwoNumbers(host);
    await staff.post(`/claims/${id}/assign`, { phoneNumberId: '123456789012345' });
    await later(host);
    expect(['rejected', 'needs_operator']).toContain((await staff.claim(id)).status);
    expect(host.calls().filter((call) => call === 'POST /:id/register')).toEqual([]);
  });

  it('to an account that the customer’s token does not cover gets nothing registered', async () => {
    const { id } = await withTwoNumbers(host);
    const other = host.sim.signUp({ ownNumber: '+1 555 020 0009' });
    await staff.post(`/claims/${id}/assign`, { wabaId: other.wabaId });
    await later(host);
    expect(['rejected', 'needs_operator']).toContain((await staff.claim(id)).status);
    expect(host.calls().filter((call) => call === 'POST /:id/register')).toEqual([]);
  });

  it('to two customers at the same moment gives it to one of them', async () => {
    const { id } = await tookAnothers(host);
    const answers = await Promise.all(
      ['lucky-shrub', 'wind-and-wool'].map((customerId) =>
        staff.post(`/claims/${id}/assign`, { customerId }),
      ),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const assigned = (await staff.history(id)).filter((line) => line.startsWith('operator: assigned'));
    expect(assigned).toEqual([`operator: assigned: customer ${(await staff.claim(id)).customerId}`]);
  });

  it('that belongs to nobody needs a customer, and gets one', async () => {
    const id = await orphan(host);
    const refused = await staff.post(`/claims/${id}/assign`, { wabaId: '888' });
    expect(refused.status).toBe(400);
    expect(refused.body.issues).toMatchObject([{ path: 'customerId' }]);
    const answer = await staff.post(`/claims/${id}/assign`, { customerId: 'lucky-shrub' });
    expect(answer.body.claim).toMatchObject({ status: 'received', step: 'prove', customerId: 'lucky-shrub' });
    const theirs = await request(host.app).get(`/signup/claims/${id}`).set('x-customer', 'lucky-shrub');
    expect(theirs.status).toBe(200);
  });

  it('to another customer takes it from the first one, in the pool as well', async () => {
    const { id } = await leftToOperator(host, 'lucky-shrub');
    await staff.post(`/claims/${id}/assign`, { customerId: 'wind-and-wool' });
    const { numbers } = (await staff.get('/numbers')).body as { numbers: { claimId?: string }[] };
    expect(numbers.find((number) => number.claimId === id)).toMatchObject({ claimedBy: 'wind-and-wool' });
    await later(host);
    expect(await staff.claim(id)).toMatchObject({ status: 'registered', customerId: 'wind-and-wool' });
    const theirs = (customer: string) =>
      request(host.app).get(`/signup/claims/${id}`).set('x-customer', customer);
    expect((await theirs('lucky-shrub')).status).toBe(404);
    expect((await theirs('wind-and-wool')).status).toBe(200);
  });
});

describe('assigning a claim', () => {
  let host: TestHost;
  let staff: Staff;
  beforeEach(async () => {
    host = await startHost();
    staff = staffOf(host);
  });
  afterEach(() => host.close());

  it.each([
    ['nothing', {}, ''],
    ['an empty customer', { customerId: '' }, 'customerId'],
    ['a customer of 201 letters', { customerId: 'x'.repeat(201) }, 'customerId'],
    ['a customer with a line break', { customerId: 'lucky\nshrub' }, 'customerId'],
    ['an account with letters', { wabaId: '12ab' }, 'wabaId'],
    ['a number that is a number', { phoneNumberId: 12345 }, 'phoneNumberId'],
    ['a field that does not exist', { customerId: 'lucky-shrub', number: '1' }, ''],
  ])('to %s is refused, and nothing has changed', async (_name, body, path) => {
    const { id } = await leftToOperator(host);
    const before = await staff.lines(id);
    const answer = await staff.post(`/claims/${id}/assign`, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalid_request', issues: [{ path }] });
    expect(await staff.lines(id)).toEqual(before);
    expect((await staff.claim(id)).status).toBe('needs_operator');
  });

  it('without a token is refused: the customer has to sign up again', async () => {
    const { id } = await deliver(host, 'lucky-shrub', {}, { code: false });
    await later(host);
    const answer = await staff.post(`/claims/${id}/assign`, { phoneNumberId: '777' });
    expect([answer.status, answer.body.code]).toEqual([409, 'claim_without_token']);
    expect(answer.body.detail).toContain('sign up again');
    expect((await staff.claim(id)).status).toBe('needs_signup');
  });

  it('that is registered is refused', async () => {
    const { id } = await deliver(host, 'lucky-shrub');
    await later(host);
    const answer = await staff.post(`/claims/${id}/assign`, { customerId: 'wind-and-wool' });
    expect([answer.status, answer.body.code]).toEqual([409, 'claim_not_allowed']);
    expect(await staff.claim(id)).toMatchObject({ status: 'registered', customerId: 'lucky-shrub' });
  });
});
