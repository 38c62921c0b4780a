import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { at, errorOf, graph, type Answer } from '../support/graph-client.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';
import { PRE_VERIFIED_PHONE_NUMBER_API } from './samples/pre-verified-phone-number-api.ts';
import { REQUEST_CODE_API } from './samples/request-code-api.ts';
import { VERIFY_CODE_API } from './samples/verify-code-api.ts';
import { lapsedOnAccount, unverified } from './support/printed-world.ts';

/** Makes a call that has to fail in one of the documented ways. */
type Happening = (simulator: Simulator) => Promise<Answer>;
type Happenings = Readonly<Record<number, Happening>>;

const CODE = 'code_method=SMS&language=en_US';

/** A call by the partner, or with another token. */
function call(simulator: Simulator, request: string, token = simulator.systemUserToken) {
  return graph(simulator, request.replace(' /', ' /v25.0/'), { token });
}

/** Where the page describes a status and nobody describes a happening that leads to it. */
function scripted(status: number, request: (simulator: Simulator) => string): Happening {
  return (simulator) => {
    simulator.setFaults([
      { match: {}, fault: { kind: 'error', status, error: { code: 1, message: 'Failed' } } },
    ]);
    return call(simulator, request(simulator));
  };
}

/** A number that another partner sees because it is shared with it, but does not own. */
async function sharedNumber(simulator: Simulator) {
  const { businessId, systemUserToken: partnerToken } = simulator.addPartner({ name: 'Other Partner' });
  const { id } = seedOne(simulator);
  const query = `partner_business_id=${businessId}&preverified_id=${id}`;
  await call(simulator, `POST /${simulator.businessId}/share_preverified_numbers?${query}`);
  return { id, partnerToken };
}

const read: Happenings = {
  400: (simulator) => call(simulator, `GET /${seedOne(simulator).id}?fields=colour`),
  401: (simulator) => call(simulator, `GET /${seedOne(simulator).id}`, 'EAAnobody'),
  // Whoever sees a number may read it.
  403: scripted(403, (simulator) => `GET /${seedOne(simulator).id}`),
  404: (simulator) => call(simulator, 'GET /106540352242922'),
  422: scripted(422, (simulator) => `GET /${seedOne(simulator).id}`),
  500: scripted(500, (simulator) => `GET /${seedOne(simulator).id}`),
};

const remove: Happenings = {
  // "malformed request": the body is no JSON.
  400: (simulator) =>
    graph(simulator, `DELETE /v25.0/${seedOne(simulator).id}`, {
      token: simulator.systemUserToken,
      headers: { 'content-type': 'application/json' },
      body: '{',
    }),
  401: (simulator) => call(simulator, `DELETE /${seedOne(simulator).id}`, 'EAAnobody'),
  403: async (simulator) => {
    const { id, partnerToken } = await sharedNumber(simulator);
    return call(simulator, `DELETE /${id}`, partnerToken);
  },
  404: (simulator) => call(simulator, 'DELETE /106540352242922'),
  // "Phone number cannot be deleted due to current state": it was claimed.
  422: async (simulator) => {
    const { number } = await onboarded(simulator);
    return call(simulator, `DELETE /${number.id}`);
  },
  500: scripted(500, (simulator) => `DELETE /${seedOne(simulator).id}`),
};

const requestCode: Happenings = {
  400: (simulator) =>
    call(simulator, `POST /${unverified(simulator).id}/request_code?code_method=FAX&language=en_US`),
  401: (simulator) => call(simulator, `POST /${unverified(simulator).id}/request_code?${CODE}`, 'EAAnobody'),
  // The same page: "Phone number must be … owned by requesting business".
  403: async (simulator) => {
    const { id, partnerToken } = await sharedNumber(simulator);
    return call(simulator, `POST /${id}/request_code?${CODE}`, partnerToken);
  },
  404: (simulator) => call(simulator, `POST /106540352242922/request_code?${CODE}`),
  422: (simulator) => call(simulator, `POST /${seedOne(simulator).id}/request_code?${CODE}`),
  500: scripted(500, (simulator) => `POST /${unverified(simulator).id}/request_code?${CODE}`),
};

const verifyCode: Happenings = {
  400: async (simulator) => {
    const { phoneNumberId } = await lapsedOnAccount(simulator);
    return call(simulator, `POST /${phoneNumberId}/verify_code?code=letters`);
  },
  401: async (simulator) => {
    const { phoneNumberId } = await onboarded(simulator);
    return call(simulator, `POST /${phoneNumberId}/verify_code?code=123456`, 'EAAnobody');
  },
  403: scripted(403, () => 'POST /106540352242922/verify_code?code=123456'),
  404: (simulator) => call(simulator, 'POST /106540352242922/verify_code?code=123456'),
  422: async (simulator) => {
    const { phoneNumberId } = await lapsedOnAccount(simulator);
    return call(simulator, `POST /${phoneNumberId}/verify_code?code=123456`);
  },
  // The same page: "Verification attempts are rate-limited"; another one has the figure, 125 an hour.
  429: async (simulator) => {
    const { phoneNumberId } = await lapsedOnAccount(simulator);
    let answer = await call(simulator, `POST /${phoneNumberId}/verify_code?code=123456`);
    for (let further = 0; further < 125; further += 1) {
      answer = await call(simulator, `POST /${phoneNumberId}/verify_code?code=123456`);
    }
    return answer;
  },
  500: scripted(500, () => 'POST /106540352242922/verify_code?code=123456'),
};

const PAGES = [
  ['reading a pre-verified number', PRE_VERIFIED_PHONE_NUMBER_API.responses.read, read],
  ['deleting a pre-verified number', PRE_VERIFIED_PHONE_NUMBER_API.responses.delete, remove],
  ['requesting a code', REQUEST_CODE_API.responses.requestCode, requestCode],
  ['handing in a code', VERIFY_CODE_API.responses.verifyCode, verifyCode],
] as const;

const CASES = PAGES.flatMap(([what, responses, happenings]) =>
  Object.entries(responses)
    .filter(([status]) => status !== '200')
    .map(([status, description]) => ({ what, status: Number(status), description, happenings })),
);

test.each(CASES)('$what can fail with $status: $description', async ({ status, happenings }) => {
  const simulator = await playground({ profile: 'openapi', assume: { claimedPreverified: 'readable' } });
  const happening = happenings[status];
  if (happening === undefined) throw new Error(`nothing makes it answer ${status}`);
  const answer = await happening(simulator);
  expect(errorOf(answer).status).toBe(status);
  expectGraphApiError(answer.body);
});

/** The schema "GraphAPIError" of the references. */
function expectGraphApiError(body: unknown): void {
  const error = at(body, 'error');
  expect(error).toMatchObject({
    message: expect.any(String),
    type: expect.any(String),
    code: expect.any(Number),
    fbtrace_id: expect.any(String),
  });
  const optional = {
    error_subcode: 'number',
    is_transient: 'boolean',
    error_user_title: 'string',
    error_user_msg: 'string',
  };
  for (const [name, type] of Object.entries(optional)) {
    expect(['undefined', type]).toContain(typeof at(error, name));
  }
}
