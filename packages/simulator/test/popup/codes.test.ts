import { expect, test } from 'vitest';
import { playground } from '../support/playground.ts';
import { openPopup, toNumberScreen, type Screen } from '../support/popup-client.ts';

const OWN = '+442079460958';

async function toVerification(simulator: Awaited<ReturnType<typeof playground>>): Promise<Screen> {
  const number = await toNumberScreen(await openPopup(simulator));
  return number.press('Continue', { ownNumber: OWN });
}

test('too many codes are not sent, and the newest one still counts', async () => {
  const simulator = await playground({ assume: { codeRequestLimit: 2 } });
  const second = await (await toVerification(simulator)).press('Send a new code');
  expect(second.problem).toBeUndefined();
  const third = await second.press('Send a new code');
  expect(third.problem).toMatch(/Too many codes were sent .* 12 hours/);
  expect(simulator.inbox(OWN)).toHaveLength(2);
  // The allowance is the number's, not the window's.
  expect((await toVerification(simulator)).problem).toMatch(/Too many codes/);
  expect(simulator.inbox(OWN)).toHaveLength(2);
  const review = await third.press('Continue', { code: simulator.inbox(OWN).at(-1)?.code ?? '' });
  expect(review.name).toBe('review');
});

test('too many wrong codes lock the number, for the right one too, until the time is over', async () => {
  const simulator = await playground({ assume: { wrongCodeLimit: 2 } });
  let screen = await toVerification(simulator);
  for (let i = 0; i < 2; i += 1) {
    screen = await screen.press('Continue', { code: '000000' });
    expect(screen.problem).toMatch(/not the right code/);
  }
  const right = { code: simulator.inbox(OWN).at(-1)?.code ?? '' };
  screen = await screen.press('Continue', right);
  expect(screen).toMatchObject({ name: 'verification', problem: expect.stringMatching(/locked.* 12 hours/) });
  simulator.advance('PT12H');
  screen = await screen.press('Send a new code');
  screen = await screen.press('Continue', { code: simulator.inbox(OWN).at(-1)?.code ?? '' });
  expect(screen.name).toBe('review');
});
