import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { at } from '../support/graph-client.ts';
import { playground, seedOne } from '../support/playground.ts';
import { openPopup, toNumberScreen } from '../support/popup-client.ts';
import { PRE_VERIFIED_NUMBERS_GUIDE } from './samples/pre-verified-numbers-guide.ts';
import { filledIn } from './support/printed-call.ts';
import { unverified } from './support/printed-world.ts';

const { json } = PRE_VERIFIED_NUMBERS_GUIDE;

/** What a page would give to FB.login: the samples are JavaScript, not JSON. */
function evaluated(printed: string): unknown {
  return runInNewContext(`(${printed})`);
}

/**
 * Opens the popup with a printed object, as the SDK writes it into the address. The samples are older than Facebook
 * Login for Business, so `config_id` and `response_type` come from the client, as the pages since then print them.
 */
function openWith(simulator: Simulator, launch: unknown) {
  const scope = String(at(launch, 'scope'));
  return openPopup(simulator, {}, { scope, extras: JSON.stringify(at(launch, 'extras')) });
}

test('the popup opens with the printed example and offers its first number and its business', async () => {
  const simulator = await playground();
  const first = seedOne(simulator);
  const second = seedOne(simulator);
  const launch = evaluated(
    filledIn(json.launch, { '106540352242922': first.id, '105954558954427': second.id }),
  );
  const logIn = await openWith(simulator, launch);
  expect(logIn.status).toBe(200);
  expect(logIn.problem).toBeUndefined();
  const business = await logIn.press('Continue');
  expect(business.html).toContain('Acme Inc.');
  const number = await business.press('Continue');
  expect(number.html).toContain(first.displayPhoneNumber);
  expect(number.html).not.toContain(second.displayPhoneNumber);
  const last = await (await number.press('Continue')).press('Finish');
  // A v2 launch without sessionInfoVersion posts no message: this sample is that old. The code is handed over.
  expect(JSON.stringify(last.handOver())).toMatch(/"messages":\[\].*code=AQ/);
  const { businesses, phoneNumbers } = simulator.state();
  expect(businesses.map(({ name }) => name)).toContain('Acme Inc.');
  expect(phoneNumbers).toMatchObject([
    { phoneNumber: first.phoneNumber, verifiedName: 'Acme Inc.', status: 'VERIFIED', isPreverified: true },
  ]);
});

test('with the guide believed, both numbers of the printed example are offered', async () => {
  const simulator = await playground({ assume: { preverifiedIdsShown: 'all' } });
  const first = seedOne(simulator);
  const second = seedOne(simulator);
  const launch = evaluated(
    filledIn(json.launch, { '106540352242922': first.id, '105954558954427': second.id }),
  );
  const number = await toNumberScreen(await openWith(simulator, launch));
  expect(number.html).toContain(first.displayPhoneNumber);
  expect(number.html).toContain(second.displayPhoneNumber);
});

test('the popup opens with the printed syntax', async () => {
  const simulator = await playground();
  const { id, displayPhoneNumber } = seedOne(simulator);
  const launch = evaluated(
    filledIn(json.launchSyntax, {
      '<SCOPE>': 'business_management,whatsapp_business_management',
      '<FEATURE>': 'whatsapp_embedded_signup',
      '<IDS>': `'${id}'`,
    }),
  );
  const number = await toNumberScreen(await openWith(simulator, launch));
  expect(number.html).toContain(displayPhoneNumber);
});

test('an unverified number still appears, and its customer has to enter a code', async () => {
  const simulator = await playground();
  const { id, displayPhoneNumber } = unverified(simulator);
  const launch = evaluated(
    filledIn(json.launchSyntax, {
      '<SCOPE>': 'business_management',
      '<FEATURE>': 'whatsapp_embedded_signup',
      '<IDS>': `'${id}'`,
    }),
  );
  const number = await toNumberScreen(await openWith(simulator, launch));
  expect(number.html).toContain(displayPhoneNumber);
  expect((await number.press('Continue')).name).toBe('verification');
});
