import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { at, errorOf, graph, queryOf, text } from '../support/graph-client.ts';
import { playground, seedOne } from '../support/playground.ts';
import { openPopup, withNumber } from '../support/popup-client.ts';
import { lastWindow } from './support/last-window.ts';

describe('a page that came here itself', () => {
  const query = (changes: Record<string, string>) => ({
    display: 'touch',
    cb: undefined,
    redirect_uri: 'https://bsp.example/start',
    ...changes,
  });

  async function through(simulator: Simulator, changes: Record<string, string> = {}) {
    const { id } = seedOne(simulator);
    let screen = await openPopup(simulator, withNumber(id), query(changes));
    for (const button of ['Continue', 'Continue', 'Continue', 'Finish']) screen = await screen.press(button);
    return screen;
  }

  test('gets the code in its address, and no message', async () => {
    const simulator = await playground();
    const screen = await through(simulator, { state: 'abc' });
    const url = new URL(text(screen.handOver(), 'redirect'));
    expect(url.origin + url.pathname).toBe('https://bsp.example/start');
    expect(url.searchParams.get('code')).toMatch(/^AQ/);
    expect(url.searchParams.get('state')).toBe('abc');
    const window = await lastWindow(simulator, screen);
    expect(window.replace.mock.calls).toEqual([[url.href]]);
    expect(window.posted).toEqual([]);
  });

  test('has to name that very address again when the code is exchanged', async () => {
    const simulator = await playground({ assume: { codeAfterOtherRedirect: 'kept' } });
    const screen = await through(simulator);
    const code = new URL(text(screen.handOver(), 'redirect')).searchParams.get('code') ?? '';
    const exchange = (redirect: Record<string, string>) => {
      const { appId: client_id, appSecret: client_secret } = simulator;
      const values = queryOf({ client_id, client_secret, code, ...redirect });
      return graph(simulator, `GET /v26.0/oauth/access_token?${values}`);
    };
    const mismatch = { status: 400, code: 100, subcode: 36008 };
    expect(errorOf(await exchange({}))).toEqual(mismatch);
    expect(errorOf(await exchange({ redirect_uri: 'https://bsp.example/other' }))).toEqual(mismatch);
    expect((await exchange({ redirect_uri: 'https://bsp.example/start' })).status).toBe(200);
  });

  test('is told in its address of someone who cancelled', async () => {
    const simulator = await playground();
    const screen = await (await openPopup(simulator, {}, query({}))).press('Cancel');
    const { searchParams } = new URL(text(screen.handOver(), 'redirect'));
    expect(searchParams.get('error_reason')).toBe('user_denied');
    expect(searchParams.get('code')).toBeNull();
  });

  test('cannot come back to an address with a query, unless it named it as its fallback', async () => {
    const simulator = await playground();
    const withQuery = 'https://bsp.example/start?tenant=7';
    const refused = await openPopup(simulator, {}, query({ redirect_uri: withQuery }));
    expect(refused).toMatchObject({ status: 400, name: 'error' });
    expect(refused.html).toContain('strict mode');
    const screen = await through(simulator, { redirect_uri: withQuery, fallback_redirect_uri: withQuery });
    expect(at(screen.handOver(), 'redirect')).toMatch(/^https:\/\/bsp\.example\/start\?tenant=7&code=/);
  });

  test.each(['javascript:alert(1)', 'nonsense'])('cannot come back to %s', async (redirect_uri) => {
    expect(await openPopup(await playground(), {}, query({ redirect_uri }))).toMatchObject({ status: 400 });
  });
});
