/** A customer with a session, about to finish a sign-up. */
export interface CustomerWithSession {
  id: string;
  session: string;
}

/** What the server said to a claim. */
export interface ClaimAnswered {
  status: number;
  type: string | null;
  retryAfter: string | null;
  /** The problem's code, of an answer that is a refusal. */
  code: string | undefined;
  /** The claim's id, of an answer that is none. */
  claimId: string | undefined;
}

/** The two halves in which the browser may bring a claim. */
export type Half = 'event' | 'code';

/** Longer than a burst takes under strace; milliseconds. A server that hangs is a failure, and not an endless test. */
const patience = 15_000;

/** Opens a session for each of many customers. */
export function openSessions(url: string, count: number): Promise<CustomerWithSession[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const id = `customer-${n}`;
      const answer = await post(`${url}/signup/sessions`, { 'x-customer': id }, {});
      if (answer.status !== 201) throw new Error(`POST /sessions: ${answer.status} ${await answer.text()}`);
      const { session } = (await answer.json()) as { session: string }; // what the route answers
      return { id, session };
    }),
  );
}

/** Brings a claim, or only one half of it. The same customer always brings the same. */
export async function bringClaim(url: string, customer: CustomerWithSession, half?: Half) {
  const { id, session } = customer;
  const digits = id.replace(/\D/g, '').padStart(6, '0');
  const event = {
    event: 'FINISH',
    data: { phone_number_id: `1000000000${digits}`, waba_id: `2000000000${digits}` },
  };
  const code = { code: `AQB${digits.padStart(200, 'x')}` };
  const answer = await post(
    `${url}/signup/claims`,
    { authorization: `Bearer ${session}` },
    { ...(half === 'code' ? {} : event), ...(half === 'event' ? {} : code) },
  );
  // The route's answer, or a problem.
  const body = (await answer.json()) as { claim?: { id: string }; code?: string };
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    retryAfter: answer.headers.get('retry-after'),
    code: body.code,
    claimId: body.claim?.id,
  } satisfies ClaimAnswered;
}

/** The ids of all claims that the operator is shown, in order. */
export async function shownClaims(url: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const after: string = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await fetch(`${url}/operator/claims?limit=100${after}`, {
      signal: AbortSignal.timeout(patience),
    });
    // What the route answers.
    const page = (await answer.json()) as { claims: { id: string }[]; nextCursor?: string };
    ids.push(...page.claims.map((claim) => claim.id));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return ids.toSorted();
}

function post(url: string, headers: Record<string, string>, body: object): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patience),
  });
}
