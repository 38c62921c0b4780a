import type { Locator, Page } from 'playwright-core';

/** The row of a number in the staff's table. */
export const numberRow = (page: Page, displayPhoneNumber: string): Locator =>
  page.locator('#numbers').getByRole('row').filter({ hasText: displayPhoneNumber });

/** The row of a claim on a number, in the staff's other table. */
export const claimRow = (page: Page, displayPhoneNumber: string): Locator =>
  page.locator('#claims').getByRole('row').filter({ hasText: displayPhoneNumber });

/** Presses a button of a number's row, in whichever table, and resolves to the dialog that it opens. */
export async function openFor(
  page: Page,
  action: 'Verify' | 'Put on account' | 'Share' | 'Delete' | 'Details' | 'Number' | 'Try again' | 'Dismiss',
  displayPhoneNumber: string,
  rowOf = numberRow,
): Promise<Locator> {
  await rowOf(page, displayPhoneNumber)
    .getByRole('button', { name: `${action} ${displayPhoneNumber}`, exact: true })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: displayPhoneNumber }).waitFor();
  return dialog;
}

/** Adds numbers as people write them, and resolves to the lines that say what became of each. */
export async function addNumbers(page: Page, numbers: string[], country?: string): Promise<string[]> {
  await page.getByRole('button', { name: 'Add numbers' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add numbers' });
  await dialog.getByLabel('Phone numbers, one per line').fill(numbers.join('\n'));
  if (country !== undefined) await dialog.getByLabel('Country of numbers without +').fill(country);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByText(/^\d+ of \d+ numbers? added/).waitFor();
  const lines = await dialog.getByRole('listitem').allInnerTexts();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  return lines;
}
