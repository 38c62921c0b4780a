import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { logIn, somebody, type Person } from './people.ts';
import { setStage, type Stage, type StageSettings } from './stage.ts';

const staff = 'Harbor staff';

/**
 * A browser for the tests of a file, the stage that they are on, and whoever comes to it. Call it once in a file, outside of
 * the tests. Tests that do not disturb each other share a stage: it is closed when the next one is set, and in the end.
 */
export function visits() {
  let browser: Browser;
  let stage: Stage | undefined;
  const people: Person[] = [];

  const leave = async () => {
    await Promise.all(people.splice(0).map(({ context }) => context.close()));
    await stage?.close();
    stage = undefined;
  };
  beforeAll(async () => {
    browser = await chromium.launch(inject('chromium'));
  });
  afterAll(async () => {
    await leave();
    await browser.close();
  });

  return {
    /** Sets the stage. Nobody is there yet. */
    async open(settings: StageSettings): Promise<Stage> {
      await leave();
      stage = await setStage(settings);
      return stage;
    },

    /** Somebody logs in on the example site, as a customer or as `Harbor staff`, in a browser of their own. */
    async come(account: string): Promise<Page> {
      if (stage === undefined) throw new Error('The stage is not set.');
      const person = await somebody(browser);
      people.push(person);
      if (account === staff) await hurry(person.context);
      await logIn(person, stage.url, account);
      if (account === staff) await person.page.getByText('Up to date at').waitFor();
      return person.page;
    },

    /** What broke on a page. Answers that are refusals are no accident: the browser complains of them, too. */
    broken: () =>
      people
        .flatMap(({ heard }) => heard)
        .filter((line) => line.startsWith('error') && !line.includes('Failed to load resource')),
  };
}

/** The staff's page looks every three seconds, and a test would mostly wait for that: all its waits are a tenth here. */
async function hurry(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const later = window.setTimeout.bind(window);
    const sooner = (handler: TimerHandler, ms = 0, ...rest: unknown[]) => later(handler, ms / 10, ...rest);
    Object.assign(window, { setTimeout: sooner });
  });
}
