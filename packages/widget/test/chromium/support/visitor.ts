import type { Page } from 'playwright-core';
import { Popup } from './popup.ts';

/** An event of the element, as the page was told of it. */
export interface Told {
  type: string;
  /** The id of the element, where there are several. */
  from: string;
  status?: string;
  step?: string;
  /** Where the claim stands. */
  claim?: string;
  /** The code of the problem. */
  code?: string;
}

/** What `pages/watch.js` keeps on each page. */
interface Watch {
  counts: () => { listeners: string[]; timers: number };
  messages: number;
  told: Told[];
  violations: string[];
  errors: string[];
}

declare global {
  interface Window {
    /** Of every page of a test; elsewhere it is not there. */
    watch: Watch;
  }
}

const patience = { timeout: 8_000, polling: 20 };

/** Somebody at the page. */
export class Visitor {
  readonly page: Page;
  readonly #url: string;

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
  }

  /** Goes to the page, and waits until the button can be pressed. */
  async arrive(): Promise<void> {
    await this.page.goto(this.#url);
    await this.sees('ready');
  }

  /** Waits until the element stands at a status. */
  async sees(status: string, id?: string): Promise<void> {
    const selector = id === undefined ? 'embedded-signup' : `#${id}`;
    const read = ([where]: string[]) =>
      Reflect.get(document.querySelector(where ?? '') ?? {}, 'status') as string;
    await this.page
      .waitForFunction(
        ([where, wanted]) => Reflect.get(document.querySelector(where ?? '') ?? {}, 'status') === wanted,
        [selector, status],
        patience,
      )
      .catch(async () => {
        const stands = await this.page.evaluate(read, [selector]);
        throw new Error(`The element should come to ${status} and stands at ${stands}.`);
      });
  }

  element(id?: string) {
    return this.page.locator(id === undefined ? 'embedded-signup' : `#${id}`);
  }

  /** The element's one button of this name. */
  button(name: string | RegExp, id?: string) {
    return this.element(id).getByRole('button', { name });
  }

  /** Waits until a sentence stands somewhere in the element. */
  async reads(sentence: string | RegExp): Promise<void> {
    await this.element().getByText(sentence).first().waitFor();
  }

  /** Lets the page's time go by, second by second at first and then in longer steps, until something is so. */
  async waitsUntil(isSo: () => Promise<boolean>, what: string): Promise<void> {
    for (let gone = 0, step = 1; gone < 300; gone += step) {
      if (await isSo()) return;
      step = gone < 12 ? 1 : 6;
      await this.page.clock.runFor(step * 1_000);
      // What was sent in this time is answered before more of it goes by.
      await this.allSent();
    }
    throw new Error(`In five minutes of the page's time, it should come to ${what}.`);
  }

  /** The same until the element stands at a status. */
  async waitsFor(status: string): Promise<void> {
    const stands = () => this.element().evaluate((one) => Reflect.get(one, 'status') as string);
    await this.waitsUntil(async () => (await stands()) === status, status);
  }

  /** The same until a sentence stands in the element. */
  async waitsToRead(sentence: string | RegExp): Promise<void> {
    const isThere = async () => (await this.element().getByText(sentence).count()) > 0;
    await this.waitsUntil(isThere, String(sentence));
  }

  /** The same until the page is told of a problem. */
  async waitsForProblem(code: string): Promise<void> {
    await this.waitsUntil(async () => (await this.problems()).includes(code), code);
  }

  /** Presses the button that opens Meta's window. */
  async opensPopup(name: string | RegExp = 'Continue with Meta', id?: string): Promise<Popup> {
    const opened = this.page.waitForEvent('popup');
    await this.button(name, id).click();
    const popup = new Popup(await opened, this);
    await popup.isThere();
    return popup;
  }

  /** The button is pressed by a script: Chromium does not take that for a person. */
  async pressesWithoutHands(): Promise<void> {
    await this.button('Continue with Meta').evaluate((button) => (button as HTMLButtonElement).click());
  }

  /** Goes to another tab, or comes back from it. */
  async looksAway(away: boolean): Promise<void> {
    await this.page.evaluate((hidden) => {
      Object.defineProperties(document, {
        visibilityState: { configurable: true, get: () => (hidden ? 'hidden' : 'visible') },
        hidden: { configurable: true, get: () => hidden },
      });
      document.dispatchEvent(new Event('visibilitychange'));
    }, away);
  }

  context() {
    return this.page.context();
  }

  /** What the page was told since it was loaded. */
  told(): Promise<Told[]> {
    return this.page.evaluate(() => window.watch.told);
  }

  /** The types of what it was told, without the steps. */
  async heard(): Promise<string[]> {
    return (await this.told()).map(({ type }) => type).filter((type) => type !== 'signup-step');
  }

  /** The codes of the problems that it was told, in order. */
  async problems(): Promise<(string | undefined)[]> {
    return (await this.told()).filter(({ type }) => type === 'signup-error').map(({ code }) => code);
  }

  /** Waits until the page is told of a problem. */
  async hearsProblem(code: string): Promise<void> {
    await this.#until(
      (wanted) => window.watch.told.some((told) => told.code === wanted),
      code,
      async () =>
        `The page should hear of ${code} and heard of ${(await this.problems()).join(', ') || 'nothing'}.`,
    );
  }

  /** Waits until that many messages have reached the page's window. */
  async hearsMessages(count: number): Promise<void> {
    await this.#until(
      (wanted) => window.watch.messages >= wanted,
      count,
      async () => `${count} messages should reach the page; ${await this.messages()} did.`,
    );
  }

  /** Listeners and timers of the widget's own. */
  counts() {
    return this.page.evaluate(() => window.watch.counts());
  }

  /** How many listeners of the widget's wait for messages. */
  async messageListeners(): Promise<number> {
    return (await this.counts()).listeners.filter((type) => type === 'message').length;
  }

  /** How many messages have reached the page's window. */
  messages(): Promise<number> {
    return this.page.evaluate(() => window.watch.messages);
  }

  /** Violations of the page's Content-Security-Policy, and exceptions that nobody caught. */
  violations(): Promise<string[]> {
    return this.page.evaluate(() => window.watch.violations);
  }

  errors(): Promise<string[]> {
    return this.page.evaluate(() => window.watch.errors);
  }

  /** Waits until whatever the page has sent so far has reached the server. */
  async allSent(): Promise<void> {
    await this.page.evaluate(async () => {
      // Twice, since requests take connections of their own.
      await fetch('/fence');
      await fetch('/fence');
    });
  }

  async #until<Wanted>(
    test: (wanted: Wanted) => boolean,
    wanted: Wanted,
    otherwise: () => Promise<string>,
  ): Promise<void> {
    // The types of Playwright know no generic argument.
    await this.page.waitForFunction(test as (given: unknown) => boolean, wanted, patience).catch(async () => {
      throw new Error(await otherwise());
    });
  }
}
