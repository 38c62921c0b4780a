import { describe } from 'vitest';
import { it } from './support/it.ts';
import type { Visitor } from './support/visitor.ts';
import { code, finish } from './support/words.ts';

const times = 100;

/** Takes the element out and puts it in again, that often; each time the page gets to know it. */
async function remount({ page }: Visitor, status: string, often: number): Promise<void> {
  await page.evaluate(
    async ([wanted, count]) => {
      const element = document.querySelector('embedded-signup');
      if (!element) throw new Error('There is no element.');
      const { parentNode } = element;
      for (let time = 0; time < count; time += 1) {
        element.remove();
        await new Promise((resolve) => setTimeout(resolve));
        const there = new Promise<void>((resolve) => {
          const look = (event: Event) => {
            if (Reflect.get(event, 'status') !== wanted) return;
            element.removeEventListener('signup-step', look);
            resolve();
          };
          element.addEventListener('signup-step', look);
        });
        parentNode?.append(element);
        await there;
      }
    },
    [status, often] as const,
  );
}

const takeOut = (visitor: Visitor) =>
  visitor.page.evaluate(() => {
    for (const element of document.querySelectorAll('embedded-signup')) element.remove();
    // The element settles once for all that happens in one go.
    return new Promise<void>((resolve) => queueMicrotask(resolve));
  });

describe('an element that is taken out and put in again', () => {
  it(`leaves listeners and timers where they were, ${times} times`, async ({ open, expect }) => {
    const { visitor, meta, server } = await open();
    await remount(visitor, 'ready', 1);
    const before = await visitor.counts();
    await remount(visitor, 'ready', times);
    expect(await visitor.counts()).toEqual(before);
    expect(server.heardAt('POST /sessions')).toHaveLength(times + 2);
    expect(meta.sdkLoads()).toBe(1);
    await takeOut(visitor);
    expect(await visitor.counts()).toEqual({ listeners: [], timers: 0 });
    expect(await visitor.errors()).toEqual([]);
  });

  it('has one listener while a window is open, and none when it is out', async ({ open, expect }) => {
    const { visitor, server } = await open();
    const popup = await visitor.opensPopup();
    expect(await visitor.messageListeners()).toBe(1);
    await takeOut(visitor);
    expect(await visitor.counts()).toEqual({ listeners: [], timers: 0 });
    await popup.says(finish(), code('late'));
    await server.hears('POST /claims');
    await visitor.allSent();
    // No message is heard any more. The code, which nobody else will ever get, is still handed in.
    expect(server.halves()).toEqual([{ code: 'late' }]);
  });

  it('leaves nothing behind while it follows a claim, or waits for its first session', async ({
    open,
    expect,
  }) => {
    const { visitor, server } = await open();
    server.stands = [{ status: 'registering' }];
    const popup = await visitor.opensPopup();
    await popup.says(finish());
    await visitor.sees('registering');
    await takeOut(visitor);
    expect(await visitor.counts()).toEqual({ listeners: [], timers: 0 });

    const answer = server.hold('POST /sessions');
    await visitor.page.goto(visitor.page.url());
    await server.hears('POST /sessions', 2);
    await takeOut(visitor);
    await visitor.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    expect(await visitor.counts()).toEqual({ listeners: [], timers: 0 });
    answer();
  });

  it('keeps its window when it is only moved to another place', async ({ open }) => {
    const { visitor } = await open();
    const popup = await visitor.opensPopup();
    await visitor.page.evaluate(() => {
      const place = document.createElement('main');
      document.body.append(place);
      const element = document.querySelector('embedded-signup');
      if (element) place.append(element);
    });
    await popup.says(finish());
    await visitor.sees('registered');
  });
});

describe('several elements on one page', () => {
  const body = ['one', 'two', 'three']
    .map((id) => `<embedded-signup id="${id}" server="SERVER"></embedded-signup>`)
    .join('');

  it('share one script tag and one listener, and each gets its own claim', async ({ build, expect }) => {
    const { visitor, server, meta, url } = await build({ body });
    await visitor.page.goto(url);
    for (const id of ['one', 'two', 'three']) await visitor.sees('ready', id);
    expect(meta.sdkLoads()).toBe(1);
    expect(await visitor.page.locator(`script[src="${meta.sdkUrl}"]`).count()).toBe(1);

    const popups = {
      one: await visitor.opensPopup('Continue with Meta', 'one'),
      two: await visitor.opensPopup('Continue with Meta', 'two'),
    };
    expect(await visitor.messageListeners()).toBe(1);
    // Each window belongs to the element that opened it, whichever was opened last.
    await popups.one.says(finish('FINISH_ONLY_WABA'), code('code-of-one'));
    await visitor.sees('registered', 'one');
    await visitor.sees('in-popup', 'two');
    await popups.two.says(code('code-of-two'), finish());
    await visitor.sees('registered', 'two');
    await visitor.sees('ready', 'three');

    const sessions = server.claims.map(({ session }) => session);
    expect(new Set(sessions).size).toBe(2);
    const halves = server.claims.map((claim) => JSON.stringify(claim.halves));
    expect(halves[0]).toContain('FINISH_ONLY_WABA');
    expect(halves[0]).toContain('code-of-one');
    expect(halves[1]).toContain('"FINISH"');
    expect(halves[1]).toContain('code-of-two');
    expect(await visitor.messageListeners()).toBe(0);
  });
});
