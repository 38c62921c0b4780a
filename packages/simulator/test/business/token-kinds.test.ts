import { describe, expect, test } from 'vitest';
import { at, errorOf, graph, queryOf } from '../support/graph-client.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';

const KINDS = ['app', 'system user', 'user', 'partner', 'customer', 'other customer'] as const;

/** Every kind of token, and an object of every kind to try it on. */
async function everything() {
  const simulator = await playground();
  const customer = await onboarded(simulator);
  const other = await onboarded(simulator);
  const system = simulator.systemUserToken;
  const line = await graph(simulator, `GET /${simulator.businessId}/extendedcredits`, { token: system });
  const tokens: Readonly<Record<(typeof KINDS)[number], string>> = {
    app: `${simulator.appId}|${simulator.appSecret}`,
    'system user': system,
    user: simulator.userToken,
    partner: simulator.addPartner().systemUserToken,
    customer: customer.token,
    'other customer': other.token,
  };
  const ids: Readonly<Record<string, string>> = {
    own: simulator.businessId,
    client: customer.businessId,
    waba: customer.wabaId,
    phone: customer.phoneNumberId,
    pool: seedOne(simulator).id,
    credit: String(at(line.body, 'data', 0, 'id')),
  };
  return { simulator, tokens, ids };
}

/** What each kind of token is answered: `.` is 200, `p` permissions error, `h` hidden, `x` another error that shows it got in. */
const TABLE = [
  ['GET own', 'h..hhh'],
  ['GET own/preverified_numbers', 'h..hhh'],
  ['GET own/client_whatsapp_business_accounts', 'h..hhh'],
  ['GET own/owned_whatsapp_business_accounts', 'h..hhh'],
  ['GET own/system_users', 'h..hhh'],
  ['GET own/extendedcredits', 'h.phhh'],
  ['POST own/add_phone_numbers', 'hxxhhh'],
  ['POST own/share_preverified_numbers', 'hxxhhh'],
  ['GET client', 'h..h.h'],
  ['GET client/preverified_numbers', 'hpphph'],
  ['GET client/client_whatsapp_business_accounts', 'hpphph'],
  ['GET client/extendedcredits', 'hpphph'],
  ['POST client/system_user_access_tokens', 'hxphph'],
  ['GET pool', 'h..hhh'],
  ['GET pool/partners', 'h..hhh'],
  ['POST pool/request_code', 'hxxhhh'],
  ['GET waba', 'h..h.h'],
  ['GET waba/phone_numbers', 'h..h.h'],
  ['GET waba/subscribed_apps', 'h..h.h'],
  ['GET waba/assigned_users', 'hxxhph'],
  ['POST waba/assigned_users', 'hxphph'],
  ['GET phone', 'h..h.h'],
  ['GET credit', 'h.phhh'],
  ['POST credit/whatsapp_credit_sharing', 'hxphhh'],
  ['POST credit/whatsapp_credit_attach', 'hpphhh'],
] as const;

test.each(TABLE)('%s is answered %s', async (request, expected) => {
  const { simulator, tokens, ids } = await everything();
  const [method = '', path = ''] = request.split(' ');
  const [name = '', edge] = path.split('/');
  const address = `${method} /v26.0/${ids[name]}${edge === undefined ? '' : `/${edge}`}`;
  const outcomes = [];
  for (const kind of KINDS) {
    const answer = await graph(simulator, address, { token: tokens[kind] });
    const { code, subcode } = errorOf(answer);
    outcomes.push(answer.status === 200 ? '.' : code === 200 ? 'p' : subcode === 33 ? 'h' : 'x');
  }
  expect(outcomes.join('')).toBe(expected);
});

describe('an admin of the BSP’s business', () => {
  test('works on the pool with a plain user token', async () => {
    const simulator = await playground({ userToken: 'EAASadmin' });
    const query = queryOf({ phone_number: '+1 555 078 3881' });
    const added = await graph(simulator, `POST /${simulator.businessId}/add_phone_numbers?${query}`, {
      token: 'EAASadmin',
    });
    expect(added.status).toBe(200);
    expect(simulator.requests().at(-1)?.token).toBe('user');
    expect((await graph(simulator, `DELETE /${at(added.body, 'id')}`, { token: 'EAASadmin' })).status).toBe(
      200,
    );
  });

  test('is debugged as a user', async () => {
    const { simulator, tokens } = await everything();
    const ask = async (kind: (typeof KINDS)[number], by: string) => {
      const query = queryOf({ input_token: tokens[kind], access_token: by });
      return at((await graph(simulator, `GET /v26.0/debug_token?${query}`)).body, 'data');
    };
    expect(await ask('user', tokens.app)).toMatchObject({ type: 'USER', is_valid: true, expires_at: 0 });
    expect(await ask('system user', tokens.user)).toMatchObject({ type: 'SYSTEM_USER', is_valid: true });
    expect(await ask('partner', tokens.app)).toMatchObject({ type: 'SYSTEM_USER', is_valid: true });
    expect(await ask('app', tokens['system user'])).toMatchObject({ type: 'APP', is_valid: true });
  });

  test('an empty user token is refused as an option', async () => {
    await expect(playground({ userToken: '' })).rejects.toThrow(/userToken must not be empty/);
  });
});

test('a customer’s business is not eligible for a pool', async () => {
  const expected = {
    live: { status: 403, code: 200 },
    openapi: { status: 422, code: 100 },
  } as const;
  for (const profile of ['live', 'openapi'] as const) {
    const simulator = await playground({ profile });
    const { businessId, token } = await onboarded(simulator);
    const answer = await graph(simulator, `GET /${businessId}/preverified_numbers`, { token });
    expect(errorOf(answer)).toEqual(expected[profile]);
  }
});

test('a call without a token is answered with one of the three documented codes, as assumed', async () => {
  const expected = [
    [190, 401, /^OAuth "Facebook Platform" "invalid_token" "/],
    [104, 400, /^OAuth "Facebook Platform" "invalid_request" "/],
    [200, 403, undefined],
  ] as const;
  for (const [code, status, challenge] of expected) {
    const simulator = await playground({ assume: { missingTokenCode: code } });
    const answer = await graph(simulator, `GET /v26.0/${simulator.businessId}`);
    expect(errorOf(answer)).toEqual({ status, code });
    const header = answer.headers.get('www-authenticate');
    if (challenge === undefined) expect(header).toBeNull();
    else expect(header).toMatch(challenge);
  }
});
