import { expect, test } from 'vitest';
import { resolveSettings } from '../../src/settings/default-settings.ts';
import { createIdentifiers } from '../../src/random/identifiers.ts';
import { seededRandom } from '../../src/random/seeded-random.ts';
import { hear } from '../../src/webhooks/events/hear.ts';
import { createWorld } from '../../src/world/world.ts';
import { NOON } from '../support/playground.ts';

// No way through the popup is needed for this: it is what webhooks make of an event of the world.
function heardOf(event: { finish: 'FINISH' | 'FINISH_GRANT_ONLY_API_ACCESS'; createdAccount?: boolean }) {
  const settings = resolveSettings({});
  const ids = createIdentifiers({ random: seededRandom(1) });
  const world = createWorld({ businessId: settings.businessId, ids });
  world.accounts.set('7', {
    id: '7',
    sequence: 1,
    name: 'Lucky Shrub',
    ownerBusinessId: '8',
    createdAt: NOON,
    subscription: undefined,
  });
  const happened = { kind: 'signed-up', businessId: '8', accountId: '7', phoneNumberId: undefined } as const;
  return hear({ settings, world, now: NOON }, { ...happened, ...event });
}

test('an app-only install is reported as PARTNER_APP_INSTALLED, in the shape of its example', () => {
  const [installed, ...rest] = heardOf({ finish: 'FINISH_GRANT_ONLY_API_ACCESS', createdAccount: false });
  expect(installed).toMatchObject({ value: { event: 'PARTNER_APP_INSTALLED' }, shape: 'on-entry' });
  expect(rest).toEqual([]);
});

test('a capability is told only of accounts that are new', () => {
  const fieldsOf = (createdAccount: boolean) =>
    heardOf({ finish: 'FINISH', createdAccount }).map(({ field }) => field);
  expect(fieldsOf(true)).toEqual(['business_capability_update', 'account_update']);
  expect(fieldsOf(false)).toEqual(['account_update']);
});
