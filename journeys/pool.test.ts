import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectStatus, heldNumber } from './support/people.ts';
import { signUpUnseen } from './support/sign-up-unseen.ts';
import { addNumbers, numberRow, openFor } from './support/staff.ts';
import type { Stage } from './support/stage.ts';
import { visits } from './support/visits.ts';

const number = '+1 212-555-0118';
const minute = 60_000;

const site = visits();
let stage: Stage;
let staff: Page;

const atMeta = (displayPhoneNumber: string) =>
  stage.sim.state().preverifiedNumbers.filter((one) => one.displayPhoneNumber === displayPhoneNumber);

describe('a number that staff adds where texts reach the kit', () => {
  it('is verified with no hand, offered to a customer, and shown as claimed by them', async () => {
    let moved = 0;
    const clock = { now: () => Date.now() + moved };
    stage = await site.open({ numbers: 0, texts: true, clock });
    staff = await site.come('Harbor staff');
    const lines = await addNumbers(staff, ['(212) 555-0118', '12'], 'us');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\+12125550118 – added$/);
    // The sentence of the kit, as it is.
    expect(lines[1]).toMatch(/^12 – not added\n+\S.*\.$/);

    const row = numberRow(staff, number);
    // The kit looks after its numbers in turns, and this one may be over.
    moved += minute;
    await row.getByText('Free').waitFor();
    await row.getByText('89 days left').waitFor();
    expect(stage.sim.inbox()).toMatchObject([{ to: '+12125550118', method: 'SMS' }]);
    const details = await openFor(staff, 'Details', number);
    const calls = details.getByRole('row');
    await calls.filter({ hasText: 'Added to the pool' }).filter({ hasText: 'operator' }).waitFor();
    await calls.filter({ hasText: 'Code asked for by text' }).filter({ hasText: 'kit' }).waitFor();
    await calls.filter({ hasText: 'Code handed in' }).filter({ hasText: 'kit' }).waitFor();
    await details.getByText('can be verified again from').last().waitFor();
    await staff.keyboard.press('Escape');

    const customer = await site.come('Lucky Shrub');
    await expectStatus(customer, 'ready');
    expect(await heldNumber(customer)).toBe(number);
    await row.getByText('Held').waitFor();
    await row.getByText('Lucky Shrub').waitFor();
    expect(await signUpUnseen(stage, 'lucky-shrub')).toBe(number);
    await row.getByText('Claimed').waitFor();
    await row.getByText('Lucky Shrub').waitFor();
    expect(site.broken()).toEqual([]);
  });
});

describe('where no text reaches the kit, a number', () => {
  beforeAll(async () => {
    stage = await site.open({ numbers: 1 });
    staff = await site.come('Harbor staff');
  });
  // A dialog that one test left open must not stand in the way of the next.
  afterEach(() => staff.keyboard.press('Escape'));

  it('is verified by a voice call, shared with a partner, and deleted, by hand', async () => {
    await addNumbers(staff, [number]);
    const row = numberRow(staff, number);
    await row.getByText('Not verified').waitFor();
    await row.getByText('you are warned').waitFor();

    const verify = await openFor(staff, 'Verify', number);
    await verify.getByLabel('By voice call').check();
    await verify.getByRole('button', { name: 'Request code' }).click();
    await verify.getByText(`Meta calls ${number}.`).waitFor();
    const [call, ...others] = stage.sim.inbox();
    expect(call?.method).toBe('VOICE');
    expect(others).toEqual([]);
    await verify.getByRole('button', { name: 'Request code' }).click();
    await verify.getByRole('alert').getByText('A code was asked for a moment ago').waitFor();
    expect(stage.sim.inbox()).toHaveLength(1);

    const code = call?.code ?? '';
    const field = verify.getByLabel('Type the code');
    await field.fill('12');
    await field.press('Enter');
    await verify.getByRole('alert').getByText('six digits').waitFor();
    await field.fill(code === '000000' ? '000001' : '000000');
    await field.press('Enter');
    await verify.getByRole('alert').getByText('Meta does not take this code.').waitFor();
    await field.fill(code);
    await field.press('Enter');
    await verify.waitFor({ state: 'detached' });
    await staff.getByText(`${number} is verified.`).waitFor();
    await row.getByText('Free').waitFor();

    const share = await openFor(staff, 'Share', number);
    await share.getByText('Shared with nobody.').waitFor();
    const partner = share.getByLabel('business id');
    await partner.fill('no digits');
    await partner.press('Enter');
    await share.getByRole('alert').getByText('There is no business with this id.').waitFor();
    const { businessId } = stage.sim.addPartner({ name: 'Quay Partners' });
    await partner.fill(businessId);
    await partner.press('Enter');
    await share.getByRole('listitem').filter({ hasText: businessId }).waitFor();
    const [{ id } = { id: '' }] = atMeta(number);
    expect(stage.sim.state().partners).toMatchObject([{ businessId, sharedNumberIds: [id] }]);
    await share.getByRole('button', { name: 'Stop sharing' }).click();
    await share.getByText('Shared with nobody.').waitFor();
    expect(stage.sim.state().partners).toMatchObject([{ businessId, sharedNumberIds: [] }]);
    await staff.keyboard.press('Escape');

    await openFor(staff, 'Delete', number);
    // The safe answer has the focus, and the button that asked has it back.
    await staff.keyboard.press('Enter');
    await expect.poll(() => staff.evaluate(() => document.activeElement?.id)).toBe(`delete-${id}`);
    expect(atMeta(number)).toHaveLength(1);
    const sure = await openFor(staff, 'Delete', number);
    await sure.getByRole('button', { name: 'Delete', exact: true }).click();
    await staff.getByText(`${number} is deleted.`).waitFor();
    await row.getByText('Gone').waitFor();
    expect(atMeta(number)).toEqual([]);
    expect(site.broken()).toEqual([]);
  });

  it('that a customer is offered is deleted after the second question only, and the first answer says why', async () => {
    const customer = await site.come('Lucky Shrub');
    await expectStatus(customer, 'ready');
    const held = await heldNumber(customer);
    await numberRow(staff, held).getByText('Held').waitFor();

    const question = await openFor(staff, 'Delete', held);
    await question.getByRole('button', { name: 'Delete', exact: true }).click();
    await question.getByRole('alert').getByText('set aside for a customer').waitFor();
    await question.getByText('A customer may lose it. Delete it all the same?').waitFor();
    expect(atMeta(held)).toHaveLength(1);
    await question.getByRole('button', { name: 'Delete by force' }).click();
    await staff.getByText(`${held} is deleted.`).waitFor();
    expect(atMeta(held)).toEqual([]);
    expect(site.broken()).toEqual([]);
  });
});
