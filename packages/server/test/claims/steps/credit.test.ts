import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../../support/host.ts';
import { count, creditLineOfMeta, on, refusal, see, signUp, writes } from './support/sign-up.ts';

const hour = 3_600_000;
const edge = '/*/whatsapp_credit_sharing_and_attach';
const attach = 'POST /:id/whatsapp_credit_sharing_and_attach';
let creditLine: Awaited<ReturnType<typeof creditLineOfMeta>>;
beforeAll(async () => {
  creditLine = await creditLineOfMeta();
});

let host: TestHost;
const begin = async () => {
  host = await startHost({ creditLine });
};
afterEach(() => host.close());
const record = async (id: string) => {
  const claim = await host.signup.claims.find(id);
  if (claim === undefined) throw new Error('no claim');
  return claim;
};

describe('the credit line', () => {
  it('is shared after the system user is on the account, and before the number is registered', async () => {
    await begin();
    const { id, wabaId } = await signUp(host);
    await host.settle();
    expect((await see(host, id)).claim.status).toBe('registered');
    expect(writes(host).slice(1)).toEqual([
      'POST /:id/subscribed_apps',
      'POST /:id/assigned_users',
      attach,
      'POST /:id/register',
    ]);
    const [sent] = host.sim.requests({ method: 'POST', path: edge });
    expect(sent?.query).toMatchObject({ waba_id: wabaId, waba_currency: 'EUR' });
    const { creditAllocationId } = await record(id);
    // It is the one by which the sharing can be read and taken back.
    const answer = await fetch(`${host.sim.url}/v26.0/${creditAllocationId}?fields=receiving_credential`, {
      headers: { authorization: `Bearer ${host.sim.systemUserToken}` },
    });
    expect(await answer.json()).toHaveProperty('receiving_credential.id');
  });

  it('is shared once when the answer is lost', async () => {
    await begin();
    const { id } = await signUp(host);
    host.sim.setFaults([on('POST', edge, { kind: 'lost' })]);
    await host.settle();
    const { claim, whats } = await see(host, id);
    expect(claim.status).toBe('registered');
    expect(whats).toContain('the account is paid for: nothing more is attached');
    expect(count(host, attach)).toBe(1);
  });

  it('is not attached to an account that is paid for already', async () => {
    await begin();
    const first = await signUp(host, { ownNumber: '+1 555 200 0001', person: 'nora' });
    await host.settle();
    const again = await signUp(host, {
      ownNumber: '+1 555 200 0002',
      person: 'nora',
      accountId: first.wabaId,
    });
    await host.settle();
    const { claim, whats } = await see(host, again.id);
    expect(claim.status).toBe('registered');
    expect(whats).toContain('the account is paid for: nothing more is attached');
    expect(count(host, attach)).toBe(1);
  });

  it('that Meta refuses for good is left to the operator by its name, and the number is not registered', async () => {
    await begin();
    const { id } = await signUp(host);
    host.sim.setFaults([on('POST', edge, refusal(200, { status: 403 }))]);
    await host.settle();
    const { claim } = await see(host, id);
    expect(claim).toMatchObject({ status: 'needs_operator', reason: { code: 'graph:200' } });
    expect(claim.reason?.message).toContain('creditLine');
    expect(count(host, 'POST /:id/register')).toBe(0);
  });

  it('is tried three times in a day, says so, and goes on by itself', async () => {
    await begin();
    const { id } = await signUp(host);
    host.sim.setFaults([on('POST', edge, refusal(2, { status: 503 }), 3)]);
    // A minute apart at least: what was attached may show late.
    const reason = async () => (await see(host, id)).claim.reason?.code;
    for (let n = 0; n < 12 && (await reason()) !== 'credit_budget_spent'; n += 1) await host.settle();
    expect(count(host, attach)).toBe(3);
    expect((await see(host, id)).claim).toMatchObject({
      status: 'registering',
      step: 'credit',
      reason: { code: 'credit_budget_spent' },
    });
    host.pass(24 * hour);
    await host.settle();
    const { claim } = await see(host, id);
    expect(claim.status).toBe('registered');
    expect(claim.reason).toBeUndefined();
    expect(count(host, attach)).toBe(4);
  });
});
