import type { Page } from 'playwright-core';

/** The parts of the card, for Playwright: its selectors look into open shadow roots. */
export const part = (page: Page, name: string) => page.locator(`[part~=${name}]`);

/** A style of a part as the browser has computed it, or of what is drawn before it. */
export const styleOf = (page: Page, name: string, property: string, pseudo?: '::before') =>
  part(page, name)
    .first()
    .evaluate((one, [wanted, of]) => getComputedStyle(one, of).getPropertyValue(wanted), [
      property,
      pseudo,
    ] as const);
