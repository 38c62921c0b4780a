import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/domain/durations.ts';
import { everywhere, methods, own, paths, type PoolRoute } from './support/documented-errors.ts';
import { startPoolHost, type PoolHost } from '../pool/support/pool-host.ts';

describe.each(['live', 'openapi'] as const)('what Meta refuses in the profile %s', (profile) => {
  let host: PoolHost;
  let partner: string;
  const verified = { id: '', phoneNumber: '' };
  let fresh = '';
  let next = 0;
  beforeAll(async () => {
    host = await startPoolHost({ profile, numbers: 1 });
    partner = host.sim.addPartner({ name: 'Wind & Wool' }).businessId;
    const [number] = host.sim.state().preverifiedNumbers;
    Object.assign(verified, number);
    return () => host.close();
  });
  afterEach(() => host.sim.setFaults([]));

  const ask = async (call: PoolRoute) => {
    next += 1;
    const phoneNumber = `+1555011${String(next).padStart(4, '0')}`;
    if (call === 'add') return host.send('post', '/numbers', { phoneNumber });
    if (call === 'sync') return host.send('post', '/numbers/sync');
    if (call === 'share') return host.send('put', `/numbers/${verified.id}/partners/${partner}`);
    if (call === 'unshare') return host.send('delete', `/numbers/${verified.id}/partners/${partner}`);
    if (call === 'partners') return host.get(`/numbers/${verified.id}/partners`);
    if (call === 'request') return host.send('post', `/numbers/${fresh}/code`, { method: 'SMS' });
    if (call === 'verify') return host.send('post', `/numbers/${fresh}/verification`, { code: '123-456' });
    return host.send('delete', `/numbers/${fresh}`);
  };
  /** A number of its own for calls that are counted. */
  const prepare = async (call: PoolRoute) => {
    if (call === 'unshare') await host.send('put', `/numbers/${verified.id}/partners/${partner}`);
    if (call === 'share') await host.send('delete', `/numbers/${verified.id}/partners/${partner}`);
    if (!['request', 'verify', 'delete'].includes(call)) return;
    next += 1;
    const phoneNumber = `+1555012${String(next).padStart(4, '0')}`;
    const { body } = await host.send('post', '/numbers', { phoneNumber });
    fresh = body.number.id;
  };

  it.each([...everywhere, ...own])(
    '%s: %s is told with a sentence that a person can act on',
    async (call, _what, status, error, answered, words) => {
      await prepare(call);
      const method = methods[call];
      host.sim.setFaults([
        {
          match: { path: paths[call], ...(method === undefined ? {} : { method }) },
          times: 'always',
          fault: { kind: 'error', status, error },
        },
      ]);
      const { status: got, body } = await ask(call);
      expect([got, body.code]).toEqual(answered);
      if (typeof words === 'string') expect(body.detail).toContain(words);
      else expect(body.detail).toMatch(words);
      expect(body.detail).toMatch(/[.”]$/);
      expect(body.detail).not.toContain('Meta’s reference of this call');
      // Meta's limits hold for all later calls of this process, so the time goes on to the next row.
      host.pass(2 * 3_600_000);
    },
  );

  it('is told as the simulator says it too: a number that is taken, a code that is wrong, too many codes, another solution', async () => {
    const { businessId } = host.sim.addPartner({ name: 'Elsewhere', inSolution: false });
    const shared = await host.send('put', `/numbers/${verified.id}/partners/${businessId}`);
    expect([shared.status, shared.body.code]).toEqual([422, 'refused_by_meta']);
    expect(shared.body.detail).toContain('Multi-Partner Solution');

    host.sim.signUp({ ids: [verified.id] });
    await host.send('post', '/numbers/sync');
    const taken = await host.send('post', '/numbers', { phoneNumber: verified.phoneNumber });
    expect([taken.status, taken.body.code]).toEqual([422, 'refused_by_meta']);
    expect(taken.body.detail).toContain('on no WhatsApp account yet');

    await prepare('verify');
    await ask('request');
    const wrong = await ask('verify');
    expect([wrong.status, wrong.body.code]).toEqual([422, 'code_refused']);
  });

  it('is told of a pool that is full', async () => {
    const small = await startPoolHost({ profile, numbers: 1, assume: { poolLimit: 1 } });
    const { status, body } = await small.send('post', '/numbers', { phoneNumber: '+1 555 010 0777' });
    await small.close();
    expect([status, body.code]).toEqual([422, 'refused_by_meta']);
    expect(body.detail).toContain('pool is full');
  });

  it('is told of too many codes by Meta’s own counting, also of those from the popup', async () => {
    const strict = await startPoolHost({ profile, numbers: 1, assume: { codeRequestLimit: 1 } });
    const [number] = strict.sim.state().preverifiedNumbers;
    strict.pass(46 * day);
    const ask46 = () => strict.send('post', `/numbers/${number?.id}/code`, { method: 'SMS' });
    expect((await ask46()).status).toBe(200);
    strict.pass(60_000);
    const { status, body, headers } = await ask46();
    const seen = strict.calls().filter((call) => call.includes('request_code'));
    strict.pass(60_000);
    const held = await ask46();
    expect([held.status, held.body.code]).toEqual([429, 'too_many_codes']);
    expect(strict.calls()).toEqual([]);
    await strict.close();
    expect(seen).toHaveLength(2);
    expect([status, body.code]).toEqual([429, 'too_many_codes']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(60);
  });
});
