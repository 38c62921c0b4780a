import fc from 'fast-check';
import { expect, test } from 'vitest';
import { putFirst } from '../src/launch/put-first.ts';
import { cancel, createFakePage } from './fake-page.ts';

const held = ['11', '22', '33'].map((id) => ({
  id,
  phoneNumber: `+155501000${id}`,
  displayPhoneNumber: `+1 555-010-00${id}`,
}));
const extras = { setup: { business: { name: 'Example' }, preVerifiedPhone: { ids: ['11', '22', '33'] } } };

async function ready() {
  const page = createFakePage();
  const { launch } = Object(Object(page.newSession()).body);
  page.server['POST /signup/sessions'] = () =>
    page.newSession({ numbers: held, launch: { ...launch, extras } });
  const signup = page.start();
  await page.time.flush();
  return { page, signup };
}

test('the number that the customer picked is the first that Meta’s window is given', async () => {
  const { page, signup } = await ready();
  signup.pick('22');
  signup.press();
  expect(page.logins[0]?.options['extras']).toEqual({
    setup: { business: { name: 'Example' }, preVerifiedPhone: { ids: ['22', '11', '33'] } },
  });
});

test('the pick is kept for the next try', async () => {
  const { page, signup } = await ready();
  signup.pick('33');
  signup.press();
  page.post(cancel());
  await page.time.flush();
  signup.press();
  expect(page.logins[1]?.options['extras']).toMatchObject({
    setup: { preVerifiedPhone: { ids: ['33', '11', '22'] } },
  });
});

test('whatever is picked, the same numbers go out, and nothing else changes', () => {
  const id = fc.stringMatching(/^[0-9]{1,20}$/);
  fc.assert(
    fc.property(
      fc.uniqueArray(id),
      fc.option(id, { nil: undefined }),
      fc.dictionary(fc.string(), fc.jsonValue()),
      (ids, picked, rest) => {
        const given = { ...rest, setup: { preVerifiedPhone: { ids } } };
        const ordered = putFirst(given, picked);
        const { setup, ...others } = ordered as typeof given;
        expect([...setup.preVerifiedPhone.ids].sort()).toEqual([...ids].sort());
        if (picked !== undefined && ids.includes(picked)) expect(setup.preVerifiedPhone.ids[0]).toBe(picked);
        else expect(ordered).toEqual(given);
        expect(others).toEqual(Object.fromEntries(Object.entries(rest).filter(([name]) => name !== 'setup')));
      },
    ),
  );
});

test('extras without numbers stay as they are', () => {
  for (const bare of [{}, { setup: {} }, { setup: null }, { setup: { preVerifiedPhone: {} } }]) {
    expect(putFirst(bare, '11')).toBe(bare);
  }
});
