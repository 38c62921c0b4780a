import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signUpUnseen } from './support/sign-up-unseen.ts';
import { claimRow, numberRow, openFor } from './support/staff.ts';
import type { Stage } from './support/stage.ts';
import { visits } from './support/visits.ts';

const site = visits();
let stage: Stage;
let staff: Page;

beforeAll(async () => {
  stage = await site.open({ numbers: 5 });
  staff = await site.come('Harbor staff');
});
afterEach(async () => {
  // What one test left behind must not stand in the way of the next.
  stage.sim.setFaults([]);
  await staff.keyboard.press('Escape');
});

const register = { method: 'POST', path: '/*/register' };
const denied = { kind: 'error', status: 403, error: { code: 200, message: 'Permissions error' } } as const;
/** How staff’s last word on a claim is told in its history. */
const lastLine = async (phoneNumberId: string | undefined) => {
  const { items } = await stage.signup.claims.list({ limit: 9 });
  const claim = items.find((one) => one.phoneNumberId === phoneNumberId);
  return (await stage.signup.claims.history(claim?.id ?? '')).at(-1);
};

describe('a claim that Meta refuses', () => {
  it('is tried again when staff say so, and the dialog says what becomes of it', async () => {
    stage.sim.setFaults([{ match: register, times: 'always', fault: denied }]);
    const number = await signUpUnseen(stage, 'lucky-shrub');
    const row = claimRow(staff, number);
    await row.getByText('Needs staff').waitFor();

    const dialog = await openFor(staff, 'Try again', number, claimRow);
    await dialog.getByText('advanced access').waitFor();
    await dialog.getByRole('button', { name: 'Try again' }).click();
    // Nothing was mended, and whoever waits reads that there.
    await dialog.getByRole('alert').getByText('advanced access').waitFor();
    stage.sim.setFaults([]);
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await dialog.waitFor({ state: 'detached' });
    await staff.getByText(`${number} is registered.`).waitFor();
    await row.getByText('Registered').waitFor();
    expect(await row.getByRole('button').allTextContents()).toEqual([`Number ${number}`]);
    expect(stage.sim.state().phoneNumbers).toMatchObject([{ displayPhoneNumber: number, hasPin: true }]);
    expect(site.broken()).toEqual([]);
  });
});

describe('a claim that waits for a code', () => {
  it('is answered by staff: the code comes by a call, a wrong one is refused, the right one registers the number', async () => {
    const number = await signUpUnseen(stage, 'jaspers-market', {
      outcome: 'unverified',
      ownNumber: '+44 20 7946 0018',
    });
    const row = claimRow(staff, number);
    await row.getByText('Needs a code').waitFor();
    const before = stage.sim.inbox('+442079460018').length;

    const dialog = await openFor(staff, 'Verify', number, claimRow);
    await dialog.getByLabel('By voice call').check();
    await dialog.getByRole('button', { name: 'Request code' }).click();
    await dialog.getByText(`Meta calls ${number}.`).waitFor();
    await dialog.getByRole('button', { name: 'Request code' }).click();
    await dialog.getByRole('alert').getByText('A code was asked for a moment ago').waitFor();
    const [call, ...others] = stage.sim.inbox('+442079460018').slice(before);
    expect([call?.method, others]).toEqual(['VOICE', []]);

    const code = call?.code ?? '';
    const field = dialog.getByLabel('Type the code');
    await field.fill(code === '000000' ? '000001' : '000000');
    await field.press('Enter');
    await dialog.getByRole('alert').getByText('Meta does not take this code.').waitFor();
    await field.fill(code);
    await field.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await staff.getByText(`${number} is verified, and is being registered.`).waitFor();
    await row.getByText('Registered').waitFor();
    expect(site.broken()).toEqual([]);
  });
});

describe('a claim that leads nowhere', () => {
  it('is dismissed after a question; a number that Meta has given away stays with its customer', async () => {
    stage.sim.setFaults([{ match: register, times: 'always', fault: denied }]);
    const number = await signUpUnseen(stage, 'wind-and-wool');
    const row = claimRow(staff, number);
    await row.getByText('Needs staff').waitFor();
    stage.sim.setFaults([]);

    await openFor(staff, 'Dismiss', number, claimRow);
    // The safe answer has the focus, and the button that asked has it back.
    await staff.keyboard.press('Enter');
    await expect
      .poll(() => staff.evaluate(() => document.activeElement?.textContent))
      .toBe(`Dismiss ${number}`);
    expect(await row.innerText()).toContain('Needs staff');

    const sure = await openFor(staff, 'Dismiss', number, claimRow);
    await sure.getByLabel('Why').fill('They took another provider.');
    await sure.getByRole('button', { name: 'Dismiss', exact: true }).click();
    await staff.getByText(`${number} is dismissed.`).waitFor();
    await row.getByText('Put aside').waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
    const given = stage.sim.state().phoneNumbers.find((one) => one.displayPhoneNumber === number);
    expect(await lastLine(given?.id)).toMatchObject({
      what: 'dismissed',
      reason: 'They took another provider.',
    });
    expect(site.broken()).toEqual([]);
  });

  it('gives its number back to the pool while Meta has not put it on the account', async () => {
    const theirs = await signUpUnseen(stage, 'jaspers-market');
    await claimRow(staff, theirs).getByText('Registered').waitFor();
    const [free] = (await stage.signup.pool.list({ status: 'free', limit: 9 })).items;
    const number = free?.displayPhoneNumber ?? '';
    const add = { method: 'POST', path: '/*/phone_numbers' };
    stage.sim.setFaults([{ match: add, times: 'always', fault: { kind: 'throttled', regainMinutes: 60 } }]);
    const attach = await openFor(staff, 'Put on account', number);
    await attach.getByRole('button', { name: 'Put on account' }).click();
    await attach.waitFor({ state: 'detached' });
    const row = claimRow(staff, number);
    await row.getByText('It is tried again by itself').waitFor();
    await numberRow(staff, number).getByText('Set aside for a claim').waitFor();

    const sure = await openFor(staff, 'Dismiss', number, claimRow);
    await sure.getByRole('button', { name: 'Dismiss', exact: true }).click();
    await row.getByText('Put aside').waitFor();
    await numberRow(staff, number).getByText('Free').waitFor();
    expect(site.broken()).toEqual([]);
  });
});
