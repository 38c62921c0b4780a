import { expect, test } from 'vitest';
import { createClock } from '../../src/clock/clock.ts';
import { resolveSettings } from '../../src/settings/default-settings.ts';
import { Parameters } from '../../src/graph/call/parameters.ts';
import { deregister, register } from '../../src/graph/endpoints/numbers/register.ts';
import { GraphError } from '../../src/graph/errors/graph-error.ts';
import { PHONE_NUMBER_FORM } from '../../src/graph/forms/phone-number-form.ts';
import { selectFields } from '../../src/graph/forms/select-fields.ts';
import { createIdentifiers } from '../../src/random/identifiers.ts';
import { seededRandom } from '../../src/random/seeded-random.ts';
import { addPhoneNumber } from '../../src/world/numbers/claim-number.ts';
import { momentOf, type Simulation } from '../../src/world/simulation.ts';
import { createWorld } from '../../src/world/world.ts';
import { NOON } from '../support/playground.ts';

/** A number that stays on the WhatsApp Business app, on an account of nobody. */
function onTheApp() {
  const settings = resolveSettings({ now: () => NOON });
  const ids = createIdentifiers({ random: seededRandom(1) });
  const world = createWorld({ businessId: settings.businessId, ids });
  const simulation: Simulation = {
    settings,
    ids,
    world,
    clock: createClock(settings),
    tell: () => undefined,
  };
  const number = addPhoneNumber(momentOf(simulation), {
    accountId: '1',
    digits: '15550783881',
    verifiedName: 'Shop',
    isPreverified: false,
    onBusinessApp: true,
  });
  return { simulation, number };
}

test.each([
  ['register', register, 'Register endpoint is not available for SMB businesses.'],
  ['deregister', deregister, 'Deregister endpoint is not available for SMB businesses.'],
] as const)('a number on the WhatsApp Business app refuses %s', (_name, endpoint, message) => {
  const { simulation, number } = onTheApp();
  const parameters = new Parameters({ messaging_product: 'whatsapp', pin: '123456' });
  const call = { caller: { kind: 'app' }, parameters, url: new URL('https://graph.facebook.com/') } as const;
  let refusal: unknown;
  try {
    endpoint(simulation, number, call);
  } catch (error) {
    refusal = error;
  }
  if (!(refusal instanceof GraphError)) throw new Error('it was not refused');
  expect(refusal.forms.live).toMatchObject({ status: 400, code: 100, message });
  expect(refusal.forms.openapi).toMatchObject({ status: 400, code: 100, message });
  expect(number).toMatchObject({ pin: undefined, registeredAt: undefined });
});

test('it says where it is', () => {
  const { simulation, number } = onTheApp();
  expect(selectFields(simulation, PHONE_NUMBER_FORM, number, 'is_on_biz_app')).toEqual({
    id: number.id,
    is_on_biz_app: true,
  });
});
