import { describe } from 'vitest';
import { it } from './support/it.ts';
import { refusal } from './support/signup-server.ts';
import type { Stage } from './support/stage.ts';
import { code, finish } from './support/words.ts';

const needed = { status: 'needs_verification', displayPhoneNumber: '+1 555-010-0001' } as const;

/** Up to the form. */
async function comesToTheForm({ visitor, server }: Stage) {
  server.stands = [needed];
  const popup = await visitor.opensPopup();
  await popup.says(finish(), code());
  await visitor.sees('verifying');
  const field = visitor.element().getByRole('textbox');
  await field.waitFor();
  return field;
}

describe('a number that Meta wants a code for', () => {
  it('is verified in place: a wrong code says so, a right one goes on', async ({ open, expect }) => {
    const stage = await open({ clock: true });
    const { visitor, server } = stage;
    const field = await comesToTheForm(stage);

    await visitor.button('Text me a code').click();
    await visitor.reads('A text with a code is on its way.');
    expect(server.heardAt('POST /claims/claim-1/code')).toMatchObject([
      { body: { method: 'SMS' }, session: 'session-1.1' },
    ]);

    server.answers('POST /claims/claim-1/verification', refusal('code_refused'));
    await field.fill('111111');
    await visitor.button('Confirm').click();
    await visitor.reads('That code is not right. Check it, or ask for another one.');
    await visitor.sees('verifying');
    expect(await visitor.problems()).toEqual(['code_refused']);

    server.stands = [{ ...needed, status: 'proven' }];
    await field.fill('123-456');
    await field.press('Enter');
    await visitor.sees('registering');
    expect(server.heardAt('POST /claims/claim-1/verification')).toMatchObject([
      { body: { code: '111111' } },
      { body: { code: '123456' }, session: 'session-1.1' },
    ]);
    server.stands = [{ ...needed, status: 'registered' }];
    await visitor.waitsFor('registered');
    expect(await field.count()).toBe(0);
  });

  it('can be called, and may ask too often', async ({ open, expect }) => {
    const stage = await open({ clock: true });
    const { visitor, server, context } = stage;
    await comesToTheForm(stage);
    await visitor.button('Call me with a code').click();
    await visitor.reads('You will be called with a code.');
    expect(server.heardAt('POST /claims/claim-1/code')).toMatchObject([{ body: { method: 'VOICE' } }]);
    server.answers('POST /claims/claim-1/code', refusal('too_many_codes'));
    // The buttons rest for as long as the server would refuse.
    await context.clock.runFor(61_000);
    await visitor.button('Text me a code').click();
    await visitor.reads('Too many codes for now. Please try again later.');
    await visitor.sees('verifying');
  });

  it('is still asked for after a reload', async ({ open }) => {
    const stage = await open();
    const { visitor } = stage;
    await comesToTheForm(stage);
    await visitor.page.reload();
    await visitor.sees('verifying');
    await visitor.element().getByRole('textbox').waitFor();
  });

  it('goes on by itself when an operator hands the code in', async ({ open, expect }) => {
    const stage = await open({ clock: true });
    const { visitor, server } = stage;
    const field = await comesToTheForm(stage);
    server.stands = [{ ...needed, status: 'registered' }];
    await visitor.waitsFor('registered');
    expect(await field.count()).toBe(0);
  });
});
