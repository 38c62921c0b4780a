import { afterEach, beforeEach, expect, describe, it } from 'vitest';
import { startHost, type TestHost } from '../../support/host.ts';
import { count, on, refusal, see, signUp } from './support/sign-up.ts';

let host: TestHost;
beforeEach(async () => {
  host = await startHost();
});
afterEach(() => host.close());

describe('a code that Meta did not exchange', () => {
  it.each([
    ['is too old for Meta', refusal(100, { subcode: 36_007 }), 'graph:100', 'older than its 30 seconds'],
    ['was used', refusal(100, { subcode: 36_009 }), 'graph:100', 'used before'],
    ['is of another address', refusal(100, { subcode: 36_008 }), 'graph:100', 'app id'],
    ['goes with a wrong app id', refusal(101), 'graph:101', 'meta.appId'],
    ['was exchanged, but the answer got lost', { kind: 'lost' }, 'graph:unreachable', 'never sent twice'],
    ['got an answer that nobody can read', { kind: 'malformed' }, 'graph:unreadable', 'never sent twice'],
    ['met a service that was down', refusal(2, { status: 503 }), 'graph:2', 'never sent twice'],
  ] as const)(
    'because it %s is sent once, and the claim says what to do',
    async (_name, fault, code, why) => {
      const { id } = await signUp(host);
      host.sim.setFaults([on('GET', '/oauth/access_token', fault, 'always')]);
      await host.settle();
      const { claim } = await see(host, id);
      expect(claim).toMatchObject({ status: 'needs_signup', reason: { code } });
      expect(claim.reason?.message).toContain(why);
      expect(claim.reason?.message).toContain('sign up again');
      expect(count(host, 'GET /oauth/access_token')).toBe(1);
    },
  );
});
