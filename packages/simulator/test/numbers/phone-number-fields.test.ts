import { describe, expect, test } from 'vitest';
import { at, errorOf } from '../support/graph-client.ts';
import { onboarded, playground } from '../support/playground.ts';
import { calls, customerWithOwnNumber } from './support/number-calls.ts';

const REQUESTABLE =
  'id,verified_name,display_phone_number,conversational_automation,status,quality_rating,quality_score,' +
  'webhook_configuration,name_status,new_name_status,code_verification_status,account_mode,is_on_biz_app,' +
  'is_official_business_account,is_pin_enabled,is_preverified_number,search_visibility,platform_type,throughput,' +
  'eligibility_for_api_business_global_search,health_status,certificate,new_certificate,last_onboarded_time,' +
  'username,country_code,country_dial_code,messaging_limit_tier,whatsapp_business_manager_messaging_limit,' +
  'unified_cert_status,host_platform';

test('every field that the documents or public clients name can be asked for', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator, 'wei');
  const { read, register } = calls(simulator, token);
  await register(phoneNumberId);
  const { status, body } = await read(phoneNumberId, REQUESTABLE);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    id: phoneNumberId,
    verified_name: 'Chen Noodle House',
    status: 'CONNECTED',
    quality_rating: 'GREEN',
    quality_score: { score: 'GREEN' },
    name_status: 'AVAILABLE_WITHOUT_REVIEW',
    account_mode: 'LIVE',
    is_on_biz_app: false,
    is_pin_enabled: true,
    is_preverified_number: true,
    platform_type: 'CLOUD_API',
    country_code: 'US',
    country_dial_code: '1',
    messaging_limit_tier: 'TIER_250',
    health_status: {
      can_send_message: 'AVAILABLE',
      entities: [
        { entity_type: 'PHONE_NUMBER', id: phoneNumberId },
        { entity_type: 'WABA' },
        { entity_type: 'BUSINESS' },
        { entity_type: 'APP', id: simulator.appId },
      ],
    },
  });
});

test('a field that there is not is refused', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  expect(errorOf(await calls(simulator, token).read(phoneNumberId, 'is_pre_verified'))).toEqual({
    status: 400,
    code: 100,
  });
});

describe.each([
  ['+55 11 98765-4321', '551187654321', '5511987654321'],
  ['+52 1 55 1234 5678', '525512345678', '5215512345678'],
  ['+44 20 7946 0958', '442079460958', '442079460958'],
])('%s', (ownNumber, dropped, kept) => {
  test.each([
    ['dropped', dropped],
    ['kept', kept],
  ] as const)('is displayed with national prefixes %s, and found either way', async (prefix, digits) => {
    const simulator = await playground({ assume: { nationalPrefixInDisplay: prefix } });
    const { wabaId, phoneNumberId, token } = await customerWithOwnNumber(simulator, ownNumber);
    const { call, read } = calls(simulator, token);
    const { body } = await read(phoneNumberId, 'display_phone_number');
    expect(String(at(body, 'display_phone_number')).replace(/\D/g, '')).toBe(digits);
    for (const wanted of [digits, kept]) {
      const listed = await call(
        `GET /v26.0/${wabaId}/phone_numbers?fields=id&display_phone_number=${wanted}`,
      );
      expect(at(listed.body, 'data')).toEqual([{ id: phoneNumberId }]);
    }
  });
});
