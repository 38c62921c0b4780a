import { describe, expect, test } from 'vitest';
import { at, text } from './support/graph-client.ts';
import { exchange, playground, seedOne } from './support/playground.ts';
import { openPopup, toNumberScreen, withNumber, type Screen } from './support/popup-client.ts';

test('a customer logs in, chooses a business and a pre-verified number, and finishes', async () => {
  const simulator = await playground();
  const { id, displayPhoneNumber } = seedOne(simulator);
  const logIn = await openPopup(simulator, withNumber(id));
  expect(logIn).toMatchObject({
    name: 'log-in',
    heading: 'Log in',
    buttons: ['Continue', 'Cancel', 'Report a problem'],
  });
  expect(logIn.labels).toEqual(['Nora Berg', 'Tomas Silva', 'Wei Chen']);

  const business = await logIn.choose('Tomas Silva');
  expect(business).toMatchObject({
    name: 'business',
    buttons: ['Continue', 'Back', 'Cancel', 'Report a problem'],
  });
  expect(business.labels).toEqual(['Silva Bike Repair', 'Create a new business portfolio', 'Business name']);

  const number = await business.choose('Silva Bike Repair');
  expect(number.name).toBe('number');
  expect(number.labels).toEqual([
    displayPhoneNumber,
    'Use my own number',
    'Continue without a number',
    'Your phone number',
  ]);

  const review = await number.choose(displayPhoneNumber);
  expect(review).toMatchObject({ name: 'review', buttons: ['Finish', 'Back', 'Cancel', 'Report a problem'] });
  for (const shown of ['Tomas Silva', 'Silva Bike Repair', displayPhoneNumber]) {
    expect(review.html).toContain(shown);
  }
  expect(simulator.state().accounts).toEqual([]);

  const finished = await review.press('Finish');
  expect(finished.name).toBe('finished');
  const { accounts, phoneNumbers, preverifiedNumbers } = simulator.state();
  expect(preverifiedNumbers).toEqual([]);
  expect(phoneNumbers).toMatchObject([{ wabaId: accounts[0]?.id, isPreverified: true, status: 'VERIFIED' }]);
  const handOver = finished.handOver();
  expect(at(handOver, 'origin')).toBe('https://bsp.example');
  expect(at(handOver, 'messages')).toEqual([
    JSON.stringify({
      type: 'WA_EMBEDDED_SIGNUP',
      event: 'FINISH',
      data: {
        phone_number_id: phoneNumbers[0]?.id,
        waba_id: accounts[0]?.id,
        business_id: accounts[0]?.ownerBusinessId,
      },
    }),
  ]);
  const login = new URLSearchParams(text(handOver, 'login'));
  expect(login.get('cb')).toBe('f1a2b3');
  expect(await exchange(simulator, login.get('code') ?? '')).toMatch(/^EAAS/);
});

test('of two customers finishing with one number, the second is told so and nothing is half done', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator);
  const reviews: Screen[] = [];
  for (const person of ['Nora Berg', 'Wei Chen']) {
    const business = await (await openPopup(simulator, withNumber(id))).choose(person);
    reviews.push(await (await business.press('Continue')).press('Continue'));
  }
  const screens = await Promise.all(reviews.map((review) => review.press('Finish')));
  expect(screens.map(({ name }) => name).toSorted()).toEqual(['finished', 'number']);
  const loser = screens.find(({ name }) => name === 'number');
  expect(loser?.problem).toMatch(/no longer available/);
  expect(loser?.labels).toEqual(['Use my own number', 'Continue without a number', 'Your phone number']);
  expect(simulator.state().phoneNumbers).toHaveLength(1);
  expect(simulator.state().accounts).toHaveLength(1);
  expect(simulator.state().openCodes).toBe(1);
});

describe('Cancel', () => {
  test.each([
    ['log-in', 'BUSINESS_ACCOUNT_SELECTION', []],
    ['business', 'BUSINESS_ACCOUNT_SELECTION', ['Continue']],
    ['number', 'PHONE_NUMBER_SETUP', ['Continue', 'Continue']],
    ['verification', 'PHONE_NUMBER_VERIFICATION', ['Continue', 'Continue', 'Continue']],
    ['review', 'PERMISSIONS', ['Continue', 'Continue', 'Continue', 'Continue']],
  ])('on %s reports the step %s, hands over no code and changes nothing', async (name, step, presses) => {
    const simulator = await playground();
    const { id } = seedOne(simulator, { count: 1, status: 'EXPIRED' });
    let screen = await openPopup(simulator, withNumber(id));
    for (const button of presses) {
      screen = await screen.press(button, { code: simulator.inbox().at(-1)?.code ?? '' });
    }
    expect(screen.name).toBe(name);
    const cancelled = await screen.press('Cancel');
    expect(cancelled.name).toBe('cancelled');
    expect(cancelled.handOver()).toEqual({
      origin: 'https://bsp.example',
      messages: [`{"type":"WA_EMBEDDED_SIGNUP","event":"CANCEL","data":{"current_step":"${step}"}}`],
      login: null,
    });
    expect(simulator.state()).toMatchObject({ accounts: [], phoneNumbers: [], openCodes: 0 });
  });
});

test('Back leads to the screen before, with what was chosen', async () => {
  const simulator = await playground();
  const { id, displayPhoneNumber } = seedOne(simulator);
  const number = await toNumberScreen(await openPopup(simulator, withNumber(id)));
  const review = await number.choose(displayPhoneNumber);
  const screens = [];
  let screen = review;
  for (let i = 0; i < 3; i += 1) {
    screen = await screen.press('Back');
    screens.push(screen.name);
  }
  expect(screens).toEqual(['number', 'business', 'log-in']);
});

test('a screen from the browser’s history changes nothing', async () => {
  const simulator = await playground();
  const logIn = await openPopup(simulator);
  await toNumberScreen(logIn);
  expect(await logIn.choose('Wei Chen')).toMatchObject({ name: 'number', problem: undefined });
});

test('a screen sent twice does its work once', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator);
  const review = await (await toNumberScreen(await openPopup(simulator, withNumber(id)))).press('Continue');
  const first = await review.press('Finish');
  const second = await review.press('Finish');
  expect(second.handOver()).toEqual(first.handOver());
  expect(simulator.state().accounts).toHaveLength(1);
});
