import { describe, expect, it } from 'vitest';
import { signUpUnseen } from './support/sign-up-unseen.ts';
import { claimRow, numberRow, openFor } from './support/staff.ts';
import type { Stage } from './support/stage.ts';
import { visits } from './support/visits.ts';

const site = visits();
let stage: Stage;

const phoneNumbers = () => stage.sim.state().phoneNumbers;

describe('a number in service', () => {
  it('is described to staff, has its identity checked, and gets a neighbour on the account without Meta’s window', async () => {
    stage = await site.open({ numbers: 2 });
    const first = await signUpUnseen(stage, 'lucky-shrub');

    const staff = await site.come('Harbor staff');
    const service = await openFor(staff, 'Number', first, claimRow);
    await service.getByText('CONNECTED').waitFor();
    await service.getByText('STANDARD').waitFor();
    await service.getByText('Never set').waitFor();
    await service.getByRole('button', { name: 'Switch identity check on' }).click();
    await service.getByText('The identity check is on.').waitFor();
    expect(phoneNumbers()).toMatchObject([{ identityKeyCheck: true }]);
    await service
      .getByRole('row')
      .filter({ hasText: 'Identity check' })
      .filter({ hasText: 'operator' })
      .waitFor();

    const [{ id: phoneNumberId } = { id: '' }] = phoneNumbers();
    stage.sim.emit({ kind: 'phone-number-quality-update', phoneNumberId, event: 'THROUGHPUT_UPGRADE' });
    await service.getByRole('button', { name: 'Ask Meta now' }).click();
    await service.getByText('This is what Meta says now.').waitFor();
    await service.getByRole('row').filter({ hasText: 'Throughput' }).filter({ hasText: 'HIGH' }).waitFor();
    await staff.keyboard.press('Escape');

    const [free] = (await stage.signup.pool.list({ status: 'free', limit: 9 })).items;
    const second = free?.displayPhoneNumber ?? '';
    const attach = await openFor(staff, 'Put on account', second);
    expect(await attach.getByLabel('Account').inputValue()).toBe(phoneNumbers()[0]?.wabaId);
    expect(await attach.getByLabel('Display name').inputValue()).toBe('Lucky Shrub');
    await attach.getByLabel('Display name').fill('Lucky Shrub Repairs');
    await attach.getByRole('button', { name: 'Put on account' }).click();
    await staff.getByText(`${second} goes on the account`).waitFor();
    await claimRow(staff, second).getByText('Registered').waitFor();
    await numberRow(staff, second).getByText('Claimed').waitFor();
    expect(phoneNumbers()).toHaveLength(2);
    expect(phoneNumbers().map(({ verifiedName }) => verifiedName)).toContain('Lucky Shrub Repairs');
    expect(site.broken()).toEqual([]);
  });
});
