import { expect, test } from 'vitest';
import { at, graph, text } from './support/graph-client.ts';
import { exchange, playground } from './support/playground.ts';

test('a BSP adds, verifies and offers a number, a customer claims it, and it is registered', async () => {
  const simulator = await playground();
  const token = simulator.systemUserToken;

  const added = await graph(
    simulator,
    `POST /v26.0/${simulator.businessId}/add_phone_numbers?phone_number=15550783881`,
    { token },
  );
  const preverifiedId = text(added.body, 'id');
  await graph(simulator, `POST /v26.0/${preverifiedId}/request_code?code_method=SMS&language=en_US`, {
    token,
  });
  const [sms] = simulator.inbox('+1 555-078-3881');
  expect(sms?.text).toMatch(/^WhatsApp code \d{3}-\d{3}$/);
  const verified = await graph(simulator, `POST /v26.0/${preverifiedId}/verify_code?code=${sms?.code}`, {
    token,
  });
  expect(verified.body).toEqual({ success: true });

  const pool = await graph(simulator, `GET /v26.0/${simulator.businessId}/preverified_numbers`, { token });
  expect(at(pool.body, 'data')).toEqual([
    {
      phone_number: '+1 555-078-3881',
      code_verification_status: 'VERIFIED',
      verification_expiry_time: '2027-02-18T12:00:00+0000',
      id: preverifiedId,
    },
  ]);

  const {
    messages,
    code = '',
    wabaId,
    phoneNumberId,
    businessId,
  } = simulator.signUp({ ids: [preverifiedId] });
  expect(messages).toEqual([
    `{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH","data":{"phone_number_id":"${phoneNumberId}",` +
      `"waba_id":"${wabaId}","business_id":"${businessId}"}}`,
  ]);

  const customer = await exchange(simulator, code);
  const app = `${simulator.appId}|${simulator.appSecret}`;
  const debugged = await graph(simulator, `GET /v26.0/debug_token?input_token=${customer}`, { token: app });
  expect(at(debugged.body, 'data')).toMatchObject({
    is_valid: true,
    app_id: simulator.appId,
    type: 'SYSTEM_USER',
  });
  expect(at(debugged.body, 'data', 'granular_scopes', 0)).toEqual({
    scope: 'whatsapp_business_management',
    target_ids: [wabaId],
  });

  const fields =
    'id,display_phone_number,code_verification_status,status,platform_type,is_preverified_number';
  const listed = await graph(simulator, `GET /v26.0/${wabaId}/phone_numbers?fields=${fields}`, {
    token: customer,
  });
  expect(at(listed.body, 'data')).toEqual([
    {
      id: phoneNumberId,
      display_phone_number: '+1 555-078-3881',
      code_verification_status: 'VERIFIED',
      status: 'PENDING',
      platform_type: 'NOT_APPLICABLE',
      is_preverified_number: true,
    },
  ]);
  expect(phoneNumberId).not.toBe(preverifiedId);

  const subscribed = await graph(simulator, `POST /v26.0/${wabaId}/subscribed_apps`, { token: customer });
  expect(subscribed.body).toEqual({ success: true });
  const registered = await graph(simulator, `POST /v26.0/${phoneNumberId}/register`, {
    token: customer,
    json: { messaging_product: 'whatsapp', pin: '123456' },
  });
  expect(registered.body).toEqual({ success: true });
  const read = await graph(simulator, `GET /v26.0/${phoneNumberId}?fields=status,platform_type`, {
    token: customer,
  });
  expect(read.body).toEqual({ status: 'CONNECTED', platform_type: 'CLOUD_API', id: phoneNumberId });
});
