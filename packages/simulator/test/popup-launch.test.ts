import { describe, expect, test } from 'vitest';
import { text } from './support/graph-client.ts';
import { playground } from './support/playground.ts';
import { launchQuery, openPopup } from './support/popup-client.ts';

describe('a launch that cannot work', () => {
  test.each([
    ['a wrong app', { app_id: '1' }, 'app_id'],
    ['a wrong configuration', { config_id: '1' }, 'config_id'],
    ['no response type', { response_type: undefined }, 'response_type'],
    ['no origin', { origin: undefined }, 'origin'],
    ['an origin that is none', { origin: 'javascript:alert(1)' }, 'origin'],
  ])('with %s shows only that something went wrong, and a hint', async (_what, changes, hint) => {
    const screen = await openPopup(await playground(), {}, changes);
    expect(screen).toMatchObject({ status: 400, name: 'error', heading: 'Sorry, something went wrong' });
    expect(screen.html).toContain(hint);
  });

  test('an address of no popup says to start again', async () => {
    const simulator = await playground();
    const response = await fetch(`${simulator.url}/dialog/nonsense`);
    expect(response.status).toBe(404);
  });

  test('extras that are no JSON are ignored', async () => {
    const screen = await openPopup(await playground(), {}, { extras: '{' });
    expect(screen.name).toBe('log-in');
  });
});

describe('as a subject of attacks', () => {
  const evil = `"><script>alert(1)</script><b x='`;

  test('every value from the page is escaped on every screen', async () => {
    const simulator = await playground();
    const setup = { business: { name: evil }, phone: { displayName: evil } };
    const business = await (await openPopup(simulator, setup, { cb: evil })).press('Continue');
    const number = await business.press('Continue');
    const problem = await number.press('Continue', { ownNumber: evil });
    const verification = await problem.press('Continue', { ownNumber: '+15550000001' });
    const review = await verification.press('Continue', { code: simulator.inbox()[0]?.code ?? '' });
    const finished = await review.press('Finish');
    expect(finished.name).toBe('finished');
    for (const { html } of [business, number, problem, verification, review, finished]) {
      expect(html).not.toContain('<script>alert');
      expect(html).not.toContain('<b x=');
    }
    expect(new URLSearchParams(text(finished.handOver(), 'login')).get('cb')).toBe(evil);
  });

  test('scripts run from its own files only, and it cannot be framed', async () => {
    const simulator = await playground();
    const screen = await openPopup(simulator);
    const policy = screen.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(screen.html).not.toMatch(/\son\w+=|style=|<style|javascript:/);
    // Cross-Origin-Opener-Policy would cut the link to the page that waits for the messages.
    expect(screen.headers.get('cross-origin-opener-policy')).toBeNull();
  });

  test('its address carries nothing of the launch', async () => {
    const simulator = await playground();
    const response = await fetch(`${simulator.url}/v26.0/dialog/oauth?${launchQuery(simulator)}`);
    expect(new URL(response.url).pathname).toMatch(/^\/dialog\/\w{32}$/);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });
});
