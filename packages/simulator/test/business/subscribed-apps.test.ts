import { expect, test } from 'vitest';
import { at, errorOf, graph } from '../support/graph-client.ts';
import { onboarded, playground } from '../support/playground.ts';

const OVERRIDE = { override_callback_uri: 'https://bsp.example/hook', verify_token: 'x' };

async function subscribing() {
  const simulator = await playground();
  const { wabaId, token } = await onboarded(simulator);
  const path = `/v26.0/${wabaId}/subscribed_apps`;
  return {
    simulator,
    post: (json?: unknown) =>
      graph(simulator, `POST ${path}`, json === undefined ? { token } : { token, json }),
    override: async () => {
      const { body } = await graph(simulator, `GET ${path}`, { token });
      return at(body, 'data', 0, 'override_callback_uri');
    },
  };
}

test('subscribing with an empty body ends the override and keeps the subscription', async () => {
  const { simulator, post, override } = await subscribing();
  await post();
  await post(OVERRIDE);
  expect(await override()).toBe(OVERRIDE.override_callback_uri);
  expect((await post({})).body).toEqual({ success: true });
  expect(await override()).toBeUndefined();
  expect(simulator.state().accounts[0]?.subscribed).toBe(true);
});

test('an override that is no address, too long or half given is refused and changes nothing', async () => {
  const { post, override } = await subscribing();
  await post();
  await post(OVERRIDE);
  const bad = [
    { ...OVERRIDE, override_callback_uri: 'bsp.example/hook' },
    { ...OVERRIDE, override_callback_uri: `https://bsp.example/${'x'.repeat(181)}` },
    { override_callback_uri: OVERRIDE.override_callback_uri },
    { verify_token: 'x' },
  ];
  for (const json of bad) expect(errorOf(await post(json))).toEqual({ status: 400, code: 100 });
  expect(await override()).toBe(OVERRIDE.override_callback_uri);
  const longest = `https://bsp.example/${'x'.repeat(180)}`;
  expect((await post({ ...OVERRIDE, override_callback_uri: longest })).status).toBe(200);
});
