import { describe, expect, test } from 'vitest';
import { errorOf, graph } from '../support/graph-client.ts';
import { onboarded, playground } from '../support/playground.ts';
import { calls, numberOf, wordsOf } from './support/number-calls.ts';

describe('the identity change check', () => {
  test.each(['JSON', 'form'] as const)('is turned on and off by %s', async (as) => {
    const simulator = await playground();
    const { phoneNumberId, token } = await onboarded(simulator);
    const turn = (on: boolean) => {
      const change = { enable_identity_key_check: on };
      const body =
        as === 'JSON'
          ? { json: { user_identity_change: change } }
          : { form: new URLSearchParams({ user_identity_change: JSON.stringify(change) }) };
      return graph(simulator, `POST /v19.0/${phoneNumberId}/settings`, { token, ...body });
    };
    expect(numberOf(simulator, phoneNumberId)?.identityKeyCheck).toBe(false);
    expect((await turn(true)).body).toEqual({ success: true });
    expect(numberOf(simulator, phoneNumberId)?.identityKeyCheck).toBe(true);
    expect((await turn(false)).body).toEqual({ success: true });
    expect(numberOf(simulator, phoneNumberId)?.identityKeyCheck).toBe(false);
  });

  test('takes the flag of the OpenAPI description in that profile only', async () => {
    const json = { user_identity_change: { enabled: true } };
    for (const [profile, on] of [
      ['live', false],
      ['openapi', true],
    ] as const) {
      const simulator = await playground({ profile });
      const { phoneNumberId, token } = await onboarded(simulator);
      const answer = await calls(simulator, token).call(`POST /v26.0/${phoneNumberId}/settings`, json);
      expect(answer.status).toBe(on ? 200 : 400);
      expect(numberOf(simulator, phoneNumberId)?.identityKeyCheck).toBe(on);
    }
  });
});

test.each([
  [{}, 'One feature setting must be specified'],
  [{ nonsense: {} }, 'One feature setting must be specified'],
  [
    { user_identity_change: { enable_identity_key_check: true }, calling: { status: 'ENABLED' } },
    'One feature setting must be specified',
  ],
  [{ user_identity_change: {} }, 'enable_identity_key_check'],
  [{ user_identity_change: { enable_identity_key_check: 'perhaps' } }, 'enable_identity_key_check'],
  [{ user_identity_change: true }, 'user_identity_change'],
  [{ calling: { status: 'ENABLED' } }, 'calling'],
])('%o is refused', async (json, words) => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const answer = await calls(simulator, token).call(`POST /v26.0/${phoneNumberId}/settings`, json);
  expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
  expect(wordsOf(answer).message).toContain(words);
  expect(numberOf(simulator, phoneNumberId)?.identityKeyCheck).toBe(false);
});

test('the settings are read', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const { body } = await calls(simulator, token).call(`GET /v26.0/${phoneNumberId}/settings`);
  expect(body).toEqual({
    calling: { status: 'DISABLED' },
    payload_encryption: { status: 'DISABLED' },
    storage_configuration: { status: 'DEFAULT' },
  });
});
