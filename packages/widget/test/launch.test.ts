import { expect, test } from 'vitest';
import { cancel, claimView, createFakePage, finish, openPopup, problem } from './fake-page.ts';

const claims = 'POST /signup/claims';

test('the button is ready once session and SDK are there, and a press opens the popup within the click', async () => {
  const page = createFakePage();
  const signup = page.start();
  expect(signup.state().status).toBe('loading');
  await page.time.flush();
  expect(signup.state().status).toBe('ready');
  expect(page.calls).toEqual([
    { what: 'POST /signup/sessions', body: { version: 1 }, session: undefined, keepalive: false },
  ]);

  signup.press();
  // Nothing was awaited: the popup opened in the same turn.
  expect(page.logins).toHaveLength(1);
  expect(page.logins[0]?.options).toEqual({
    config_id: '222',
    response_type: 'code',
    override_default_response_type: true,
    extras: { setup: { preVerifiedPhone: { ids: ['9876543210987653'] } } },
  });
  expect(page.inits).toEqual([{ appId: '111', version: 'v26.0', autoLogAppEvents: true, xfbml: false }]);
  expect(signup.state().status).toBe('in-popup');
});

test('a finish is posted at once, and the code follows as the second half', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post(finish());
  await page.time.flush();
  expect(signup.state().status).toBe('claiming');
  expect(page.callsTo(claims).map(({ body }) => body)).toEqual([
    { event: 'FINISH', data: { phone_number_id: '1001', waba_id: '2002', business_id: '3003' } },
  ]);
  page.logins[0]?.answer({ authResponse: { code: 'secret-code' } });
  await page.time.flush();
  expect(page.callsTo(claims).map(({ body }) => body)[1]).toEqual({ code: 'secret-code' });
  expect(
    page.callsTo(claims).every(({ session, keepalive }) => session === 'secret-session-1' && keepalive),
  ).toBe(true);
});

test('a code is posted at once, and the finish follows as the second half', async () => {
  const page = createFakePage();
  await openPopup(page);
  page.logins[0]?.answer({ authResponse: { code: 'secret-code' } });
  await page.time.flush();
  expect(page.callsTo(claims).map(({ body }) => body)).toEqual([{ code: 'secret-code' }]);
  page.post(finish());
  await page.time.flush();
  expect(page.callsTo(claims)).toHaveLength(2);
  expect(page.eventNames().filter((name) => name === 'signup-claim')).toHaveLength(1);
});

test('what arrives twice is posted once', async () => {
  const page = createFakePage();
  await openPopup(page);
  for (let time = 0; time < 3; time += 1) {
    page.post(finish());
    page.logins[0]?.answer({ authResponse: { code: 'secret-code' } });
  }
  await page.time.flush();
  expect(page.callsTo(claims)).toHaveLength(2);
});

test('a finish counts after a cancel in the same window', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post(cancel());
  expect(signup.state().status).toBe('cancelled');
  await page.time.flush();
  expect(page.callsTo('POST /signup/session-events').map(({ body }) => body)).toEqual([
    { event: 'CANCEL', data: { current_step: 'PHONE_NUMBER_SETUP' } },
  ]);
  page.post(finish());
  await page.time.flush();
  expect(signup.state().status).toBe('claiming');
  expect(page.callsTo(claims)).toHaveLength(1);
});

test('an error of Meta keeps its code and session for support, and the button works again', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post(
    cancel({ error_message: 'No luck', error_code: 524126, session_id: 'meta-1', timestamp: '1790000000' }),
  );
  expect(signup.state()).toMatchObject({
    status: 'failed',
    problem: { code: 'meta_error', message: 'No luck', reference: '524126 · meta-1' },
  });
  await page.time.flush();
  expect(page.callsTo('POST /signup/session-events')[0]?.body).toMatchObject({
    data: { error_code: '524126' },
  });
  signup.press();
  expect(page.logins).toHaveLength(2);
});

test('an event nobody knows yet is handed in, and changes nothing on the screen', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post({ type: 'WA_EMBEDDED_SIGNUP', event: 'NEW_THING', data: {} });
  await page.time.flush();
  expect(page.callsTo('POST /signup/session-events')[0]?.body).toEqual({ event: 'NEW_THING', data: {} });
  expect(signup.state().status).toBe('in-popup');
});

test('a finish within the grace, or long after it, still counts', async () => {
  for (const later of [500, 60_000]) {
    const page = createFakePage();
    const signup = await openPopup(page);
    page.logins[0]?.answer(undefined);
    await page.time.advance(later);
    page.post(finish());
    await page.time.flush();
    expect(signup.state().status).toBe('claiming');
  }
});

test('a half that gets lost does not matter when the other arrived', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.server[claims] = () =>
    page.calls.at(-1)?.body?.['code']
      ? problem(409, 'claim_incomplete')
      : { status: 202, body: { claim: claimView() } };
  page.logins[0]?.answer({ authResponse: { code: 'secret-code' } });
  page.post(finish());
  await page.time.flush();
  expect(signup.state()).toMatchObject({ status: 'claiming', problem: undefined });
});

test('neither the code nor the session is ever in an event', async () => {
  const page = createFakePage();
  await openPopup(page);
  page.post(finish());
  page.logins[0]?.answer({ authResponse: { code: 'secret-code' } });
  await page.time.advance(10_000);
  const told = JSON.stringify(page.events.map((event) => Object.entries(event)));
  expect(told).toContain('claim-1');
  expect(told).not.toContain('secret');
  expect(page.reports).toEqual([]);
});
