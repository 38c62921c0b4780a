import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  expectStatus,
  goToNumbers,
  heldNumber,
  logIn,
  openPopup,
  somebody,
  takeOfferedNumber,
  type Person,
} from './support/people.ts';
import { addNumbers, numberRow, openFor } from './support/staff.ts';
import { setStage, type Stage, type StageSettings } from './support/stage.ts';

const number = '+1 212-555-0118';
const minute = 60_000;

let browser: Browser;
let stage: Stage;
const people: Person[] = [];

beforeAll(async () => {
  browser = await chromium.launch(inject('chromium'));
});
afterAll(() => browser.close());
afterEach(async () => {
  for (const { context } of people.splice(0)) await context.close();
  await stage.close();
});

async function come(account: string): Promise<Page> {
  const person = await somebody(browser);
  people.push(person);
  await logIn(person, stage.url, account);
  return person.page;
}
async function staffAt(settings: StageSettings): Promise<Page> {
  stage = await setStage(settings);
  const staff = await come('Harbor staff');
  await staff.getByText('Up to date at').waitFor();
  return staff;
}
/** What broke on a page; answers that are refusals are no accident here. */
const broken = () =>
  people
    .flatMap(({ heard }) => heard)
    .filter((line) => line.startsWith('error') && !line.includes('Failed to load resource'));
const poolOfMeta = () => stage.sim.state().preverifiedNumbers;

describe('a number that staff adds where texts reach the kit', () => {
  it('is verified with no hand, offered to a customer, and shown as claimed by them', async () => {
    let moved = 0;
    const clock = { now: () => Date.now() + moved };
    const staff = await staffAt({ numbers: 0, texts: true, clock });
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

    const customer = await come('Lucky Shrub');
    await expectStatus(customer, 'ready');
    expect(await heldNumber(customer)).toBe(number);
    await row.getByText('Held').waitFor();
    await row.getByText('Lucky Shrub').waitFor();
    const popup = await openPopup(customer);
    await goToNumbers(popup);
    await takeOfferedNumber(popup, number);
    await expectStatus(customer, 'registered');

    await row.getByText('Claimed').waitFor();
    await row.getByText('Lucky Shrub').waitFor();
    expect(broken()).toEqual([]);
  });
});

describe('a number that no text reaches', () => {
  it('is verified by a voice call, shared with a partner, and deleted, by hand', async () => {
    const staff = await staffAt({ numbers: 0 });
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
    const [{ id } = { id: '' }] = poolOfMeta();
    expect(stage.sim.state().partners).toMatchObject([{ businessId, sharedNumberIds: [id] }]);
    await share.getByRole('button', { name: 'Stop sharing' }).click();
    await share.getByText('Shared with nobody.').waitFor();
    expect(stage.sim.state().partners).toMatchObject([{ businessId, sharedNumberIds: [] }]);
    await staff.keyboard.press('Escape');

    await openFor(staff, 'Delete', number);
    // The safe answer has the focus, and the button that asked has it back.
    await staff.keyboard.press('Enter');
    await expect.poll(() => staff.evaluate(() => document.activeElement?.id)).toBe(`delete-${id}`);
    expect(poolOfMeta()).toHaveLength(1);
    const sure = await openFor(staff, 'Delete', number);
    await sure.getByRole('button', { name: 'Delete', exact: true }).click();
    await staff.getByText(`${number} is deleted.`).waitFor();
    await row.getByText('Gone').waitFor();
    expect(poolOfMeta()).toEqual([]);
    expect(broken()).toEqual([]);
  });
});

describe('a number that a customer is offered', () => {
  it('is deleted after the second question only, and the first answer says why', async () => {
    const staff = await staffAt({ numbers: 1 });
    const customer = await come('Lucky Shrub');
    await expectStatus(customer, 'ready');
    const held = await heldNumber(customer);
    await numberRow(staff, held).getByText('Held').waitFor();

    const question = await openFor(staff, 'Delete', held);
    await question.getByRole('button', { name: 'Delete', exact: true }).click();
    await question.getByRole('alert').getByText('set aside for a customer').waitFor();
    await question.getByText('A customer may lose it. Delete it all the same?').waitFor();
    expect(poolOfMeta()).toHaveLength(1);
    await question.getByRole('button', { name: 'Delete by force' }).click();
    await staff.getByText(`${held} is deleted.`).waitFor();
    expect(poolOfMeta()).toEqual([]);
    expect(broken()).toEqual([]);
  });
});
