import type { ClaimView } from '@embedded-signup-kit/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../../src/domain/durations.ts';
import type { EmbeddedSignupOptions } from '../../../src/index.ts';
import { startRecoveryHost, type Popup, type RecoveryHost } from '../../recovery/support/recovery-host.ts';
import { refused } from '../../recovery/support/stories.ts';

let host: RecoveryHost;
afterEach(() => host.close());

const phoneNumber = '+15550100001';

/**
 * A customer took the pool's number, and no browser ever spoke of it: Meta's webhook did. Meta gives no token of theirs, and the
 * number's verification is over before it can be registered.
 */
async function start(kit: Partial<EmbeddedSignupOptions> = {}): Promise<ClaimView> {
  host = await startRecoveryHost({ numbers: 1, sim: { assume: { daysToRegister: 14 } }, kit });
  const noToken = refused('POST', '/*/system_user_access_tokens');
  host.sim.setFaults([
    noToken,
    {
      match: { path: '/*/register' },
      times: 'always',
      fault: { kind: 'error', status: 500, error: { code: 2, message: 'later' } },
    },
  ]);
  const tab = await host.open('lucky-shrub');
  const popup: Popup = host.popup({ ids: tab.numbers.map(({ id }) => id) });
  await host.deliver();
  await host.wait(2 * hour);
  const [record] = await host.records();
  expect(record).toMatchObject({ customerId: 'lucky-shrub', status: 'registering', sealedToken: undefined });
  expect(record?.recoveredAt).toBeDefined();
  expect(await host.token(popup.wabaId)).toBeUndefined();
  host.pass(14 * day);
  host.sim.setFaults([noToken]);
  host.sim.clearRequests();
  await host.wait(minute);
  return (await host.get<{ claim: ClaimView }>(`/claims/${record?.id ?? ''}`)).body.claim;
}

const status = async (id: string) =>
  (await host.get<{ claim: ClaimView }>(`/claims/${id}`)).body.claim.status;
const code = () => host.sim.inbox(phoneNumber).at(-1)?.code ?? '';
const tokens = (path: string) => host.sim.requests({ path: `/*/${path}` }).map(({ token }) => token);

describe('a claim that Meta’s word recovered, which has only the BSP’s own token', () => {
  it('has its code asked for and handed in, and is registered', async () => {
    const claim = await start();
    expect(claim.status).toBe('needs_verification');
    expect((await host.post(`/claims/${claim.id}/code`)).status).toBe(200);
    expect((await host.post(`/claims/${claim.id}/verification`, { code: '000000' })).status).toBe(422);
    const answer = await host.post<{ claim: ClaimView }>(`/claims/${claim.id}/verification`, {
      code: code(),
    });
    expect([answer.status, answer.body.claim.status]).toEqual([200, 'registering']);
    await host.wait(hour);
    expect(await status(claim.id)).toBe('registered');
    expect([tokens('request_code'), tokens('verify_code')]).toEqual([
      ['system_user'],
      ['system_user', 'system_user'],
    ]);
    expect(host.errors).toEqual([]);
  });

  it('is registered without anybody’s hand where its texts reach the kit', async () => {
    const claim = await start({ sms: { secret: 'a-relay-secret-of-these-tests-0123456789' } });
    expect(claim).toMatchObject({ status: 'needs_verification', reason: { code: 'code_by_text' } });
    const body = `WhatsApp code ${code()}`;
    expect(await host.signup.pool.receiveText({ to: phoneNumber, body })).toBe('taken');
    await host.wait(hour);
    expect(await status(claim.id)).toBe('registered');
    expect(host.errors).toEqual([]);
  });
});
