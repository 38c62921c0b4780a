import { describe, expect, test } from 'vitest';
import type { Simulator, SimulatorOptions } from '../../src/index.ts';
import { playground, seedOne } from '../support/playground.ts';
import { openPopup, withNumber, type Screen } from '../support/popup-client.ts';
import { lastWindow } from './support/last-window.ts';

async function finished(simulator: Simulator): Promise<Screen> {
  const { id } = seedOne(simulator);
  let screen = await openPopup(simulator, withNumber(id));
  for (const button of ['Continue', 'Continue', 'Continue', 'Finish']) screen = await screen.press(button);
  return screen;
}

async function lastWindowWith(options: SimulatorOptions) {
  const simulator = await playground(options);
  return lastWindow(simulator, await finished(simulator));
}

describe('after Finish', () => {
  test('message and code go to the opener’s origin only, each once, and the window closes', async () => {
    const window = await lastWindowWith({});
    expect(window.kinds()).toEqual(['message', 'code']);
    expect(window.posted.map(([, origin]) => origin)).toEqual(['https://bsp.example', 'https://bsp.example']);
    expect(window.close).toHaveBeenCalledTimes(1);
    window.hide();
    expect(window.posted).toHaveLength(2);
  });

  test('without an opener nothing is posted, and the customer is told why', async () => {
    const simulator = await playground();
    const window = await lastWindow(simulator, await finished(simulator), { hasOpener: false });
    expect(window.posted).toEqual([]);
    expect(window.close).not.toHaveBeenCalled();
    expect(window.isHidden('no-opener')).toBe(false);
    expect(window.isHidden('closing')).toBe(true);
    window.pressClose();
    expect(window.close).toHaveBeenCalledTimes(1);
  });
});

describe('a last screen that stays', () => {
  test('reports nothing until its button is pressed, then everything once', async () => {
    const window = await lastWindowWith({ lastScreen: 'stays' });
    expect(window.posted).toEqual([]);
    expect(window.close).not.toHaveBeenCalled();
    window.pressClose();
    window.hide();
    expect(window.kinds()).toEqual(['message', 'code']);
    expect(window.close).toHaveBeenCalledTimes(1);
  });

  test('counts as success when the window is closed by its X', async () => {
    const window = await lastWindowWith({ lastScreen: 'stays', handOver: { delayMs: 500 } });
    window.hide();
    window.hide();
    expect(window.kinds()).toEqual(['message', 'code']);
    expect(window.timers).toEqual([]);
  });

  test.each(['beforeunload', 'pagehide'])('posts in %s, when that is all a browser says', async (name) => {
    const window = await lastWindowWith({ lastScreen: 'stays' });
    window.hide([name]);
    expect(window.kinds()).toEqual(['message', 'code']);
  });

  // The page could not tell those from the X.
  test('has no link and no form', async () => {
    const { html } = await finished(await playground({ lastScreen: 'stays' }));
    expect(html).toContain('id="close"');
    expect(html).not.toMatch(/<(form|a)[\s>]/);
  });

  test('is a success screen with a button, and Cancel still closes at once', async () => {
    const simulator = await playground({ lastScreen: 'stays' });
    expect(await finished(simulator)).toMatchObject({
      name: 'finished',
      heading: 'All done',
      buttons: ['Close window'],
    });
    const cancelled = await (await openPopup(simulator)).press('Cancel');
    const window = await lastWindow(simulator, cancelled);
    expect(window.kinds()).toEqual(['message']);
    expect(window.close).toHaveBeenCalledTimes(1);
  });
});

describe('the option handOver', () => {
  test('lets the code go first', async () => {
    const window = await lastWindowWith({ handOver: { first: 'code' } });
    expect(window.kinds()).toEqual(['code', 'message']);
  });

  test('waits between the two, and the X does not lose the second', async () => {
    const window = await lastWindowWith({ handOver: { delayMs: 1500 } });
    expect(window.kinds()).toEqual(['message']);
    expect(window.close).not.toHaveBeenCalled();
    expect(window.timers).toMatchObject([{ ms: 1500 }]);
    window.hide();
    expect(window.kinds()).toEqual(['message', 'code']);
    window.timers[0]?.run();
    expect(window.kinds()).toEqual(['message', 'code']);
    expect(window.close).toHaveBeenCalledTimes(1);
  });

  test('repeats each', async () => {
    const window = await lastWindowWith({ handOver: { repeat: 2 } });
    expect(window.kinds()).toEqual(['message', 'message', 'code', 'code']);
  });

  test('posts messages as objects', async () => {
    const window = await lastWindowWith({ handOver: { asObject: true } });
    expect(window.kinds()).toEqual(['object', 'code']);
    expect(window.posted[0]?.[0]).toMatchObject({ type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH' });
  });

  test('leaves out the message, or the code', async () => {
    expect((await lastWindowWith({ handOver: { withoutMessage: true } })).kinds()).toEqual(['code']);
    expect((await lastWindowWith({ handOver: { withoutCode: true } })).kinds()).toEqual(['message']);
  });

  test.each([
    [{ first: 'both' }, 'first'],
    [{ delayMs: -1 }, 'delayMs'],
    [{ repeat: 0 }, 'repeat'],
    [{ asObject: 'yes' }, 'asObject'],
    [{ twice: true }, 'twice'],
  ])('refuses %j', async (handOver, name) => {
    await expect(playground({ handOver: handOver as SimulatorOptions['handOver'] })).rejects.toThrow(name);
  });
});

test.each([
  [{ lastScreen: 'stay' }, 'lastScreen'],
  [{ dialogHost: 'http://localhost' }, 'dialogHost'],
  [{ dialogHost: 'localhost:80' }, 'dialogHost'],
  [{ redirectInsteadOfPopup: 'yes' }, 'redirectInsteadOfPopup'],
])('the option %j is refused', async (options, name) => {
  await expect(playground(options as SimulatorOptions)).rejects.toThrow(name);
});
