import type { Page } from 'playwright-core';

/** What `pages/dialog.html` gives to tests. */
interface DialogWindow {
  say: (...data: unknown[]) => void;
  codeText: (code: string) => string;
  leave: (...data: unknown[]) => void;
  comeBack: (said: Record<string, string>) => void;
}

declare global {
  // In Meta's window alone.
  interface Window extends DialogWindow {}
}

/** Something that Meta's window says: an entry of the session log, or a login code for the SDK. */
export type Word = { log: unknown } | { code: string };

/** The page that opened it. */
interface Opener {
  messages: () => Promise<number>;
  hearsMessages: (count: number) => Promise<void>;
}

/** Meta's window, which says what a test tells it to say. */
export class Popup {
  readonly page: Page;
  readonly #opener: Opener;

  constructor(page: Page, opener: Opener) {
    this.page = page;
    this.#opener = opener;
  }

  async isThere(): Promise<void> {
    await this.page.getByRole('heading', { name: 'Meta' }).waitFor();
  }

  /** What it was opened with. */
  asked(): URLSearchParams {
    return new URL(this.page.url()).searchParams;
  }

  /** Goes to another page by itself, as by a redirect: one that is typed into the address bar would have no opener. */
  async goesTo(address: string): Promise<void> {
    await this.page.evaluate((where) => location.assign(where), address);
    await this.page.waitForURL(address);
  }

  /** Says everything in one go, and waits until the page has heard it. */
  async says(...words: Word[]): Promise<void> {
    const before = await this.#opener.messages();
    await this.saysBlindly(...words);
    await this.#opener.hearsMessages(before + words.length);
  }

  /** Says it to a page that may be gone. */
  async saysBlindly(...words: Word[]): Promise<void> {
    await this.page.evaluate((given) => {
      const { say, codeText } = window;
      say(...given.map((word) => ('code' in word ? codeText(word.code) : word.log)));
    }, words);
  }

  /** Is closed with the cross in its corner; what it says, it says while it goes. */
  async closes(...words: Word[]): Promise<void> {
    const gone = this.page.waitForEvent('close');
    await this.page.evaluate((given) => {
      const { leave, codeText } = window;
      // Once this call is answered: nothing is left to answer it afterwards.
      setTimeout(() => leave(...given.map((word) => ('code' in word ? codeText(word.code) : word.log))));
    }, words);
    await gone;
  }
}
