import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../../support/databases.ts';
import { canaries, filesOf, startHost, type TestHost } from '../../support/host.ts';
import { deliver, later, leftToOperator, type Staff, staffOf } from './support/staff.ts';

/** The customer's own, which the kit cannot know. */
const theirs = '628405';
const asWord = (pin: string) => new RegExp(`(?<![0-9])${pin}(?![0-9])`);

/** A customer with a number of their own that has a PIN already: Meta refuses the kit's. */
async function withForeignPin(host: TestHost) {
  const delivered = await deliver(host, 'lucky-shrub', { ownNumber: '+1 555 020 0001', pin: theirs });
  await host.signup.runDue();
  return delivered;
}

describe.each(engines)('a PIN on $name', ({ name }) => {
  let host: TestHost;
  let staff: Staff;
  beforeEach(async () => {
    host = await startHost({
      engine: name === 'SQLite' ? 'SQLite' : 'PostgreSQL',
      operator: (req) => req.get('x-staff') ?? 'operator',
    });
    staff = staffOf(host);
  });
  afterEach(() => host.close());

  it('that the customer told the operator gets the number registered', async () => {
    const { id } = await withForeignPin(host);
    expect(await staff.claim(id)).toMatchObject({
      status: 'needs_operator',
      reason: { code: 'graph:133005' },
    });
    const answer = await staff.post(`/claims/${id}/pin`, { pin: theirs }).set('x-staff', 'Nadia');
    expect(answer.status).toBe(200);
    expect(answer.body.claim).toMatchObject({ status: 'received', step: 'prove' });
    await later(host);
    expect(await staff.claim(id)).toMatchObject({ status: 'registered' });
    expect(host.sim.state().phoneNumbers[0]).toMatchObject({ registerCalls: 2 });
    const history = await staff.history(id);
    expect(history.filter((line) => line.startsWith('Nadia:'))).toEqual([
      'Nadia: PIN supplied',
      'Nadia: tried again',
    ]);
  });

  it('is given out after it is on record who read it, and nobody keeps the answer', async () => {
    const { id } = await deliver(host, 'lucky-shrub');
    await later(host);
    const answer = await staff.post(`/claims/${id}/pin/reading`).set('x-staff', 'Nadia');
    expect(answer.body).toEqual({ pin: canaries.pin });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect((await staff.history(id)).at(-1)).toBe('Nadia: PIN read');
    expect(await staff.claim(id)).toMatchObject({ status: 'registered' });
  });

  it.each([
    ['five digits', '12345'],
    ['seven digits', '1234567'],
    ['letters', '12345a'],
    ['other digits', '١٢٣٤٥٦'],
    ['a line break behind it', '123456\n'],
    ['a number', 123456],
    ['nothing', undefined],
  ])('is refused when it is %s, and nothing has changed', async (_name, pin) => {
    const { id } = await withForeignPin(host);
    const before = await staff.lines(id);
    const answer = await staff.post(`/claims/${id}/pin`, { pin });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalid_request', issues: [{ path: 'pin' }] });
    // The request id is random, and may have any digits in it.
    const said = JSON.stringify({ ...answer.body, requestId: undefined });
    expect(said).not.toContain(String(pin ?? '12345').slice(0, 5));
    expect(await staff.lines(id)).toEqual(before);
    expect((await staff.claim(id)).status).toBe('needs_operator');
    expect((await staff.post(`/claims/${id}/pin/reading`)).body).toEqual({ pin: canaries.pin });
  });

  it('has no place on a claim without a number, and none is given out', async () => {
    const { id } = await deliver(host, 'lucky-shrub', {}, { code: false });
    const supplied = await staff.post(`/claims/${id}/pin`, { pin: theirs });
    expect([supplied.status, supplied.body.code]).toEqual([409, 'claim_without_number']);
    const read = await staff.post(`/claims/${id}/pin/reading`);
    expect([read.status, read.body.code]).toEqual([409, 'claim_without_number']);
    expect(await staff.history(id)).toEqual(['customer: event received']);
  });

  it('is not there before the kit made one', async () => {
    const { id } = await leftToOperator(host);
    const read = await staff.post(`/claims/${id}/pin/reading`);
    expect([read.status, read.body.code]).toEqual([404, 'pin_missing']);
    expect(await staff.history(id)).not.toContain('operator: PIN read');
  });

  it('is kept for a claim that is over in between, and the claim stays so', async () => {
    const { id } = await withForeignPin(host);
    await Promise.all([staff.post(`/claims/${id}/end`), staff.post(`/claims/${id}/pin`, { pin: theirs })]);
    await later(host);
    expect(['ended', 'received']).toContain((await staff.claim(id)).status);
    expect((await staff.post(`/claims/${id}/pin/reading`)).body).toEqual({ pin: theirs });
  });
});

describe('a PIN', () => {
  it('is in no log, file or answer but the one that is for it', async () => {
    const host = await startHost();
    const staff = staffOf(host);
    const { id } = await withForeignPin(host);
    const answers = [
      await staff.post(`/claims/${id}/pin`, { pin: theirs }),
      await staff.post(`/claims/${id}/pin`, { pin: `${theirs}0` }),
      await staff.post(`/claims/${id}/pin`, { pin: theirs, [theirs]: true }),
    ];
    await later(host);
    await staff.post(`/claims/${id}/pin/reading`);
    answers.push(await staff.get(`/claims/${id}`), await staff.get('/claims'));
    const files = await filesOf(host.database);
    await host.close();
    expect(host.sealed).toContain(theirs);
    for (const pin of [theirs, canaries.pin]) {
      expect(host.log.join('\n')).not.toMatch(asWord(pin));
      expect(files).not.toMatch(asWord(pin));
      // Of the second try the first six digits; of the third a name.
      for (const answer of answers) expect(answer.text).not.toMatch(asWord(pin));
    }
    expect(files).toContain('PIN supplied');
  });
});
