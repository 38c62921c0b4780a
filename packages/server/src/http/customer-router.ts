import {
  claimCodeRequestSchema,
  claimRequestSchema,
  claimVerificationRequestSchema,
  openSessionRequestSchema,
  sessionEventRequestSchema,
} from '@embedded-signup-kit/protocol/schemas';
import { wireVersion, type ClaimAnswer, type SessionAnswer } from '@embedded-signup-kit/protocol';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { ClaimVerbs } from '../claims/claim-verbs.ts';
import type { Claim } from '../ports/records.ts';
import type { Store } from '../ports/store.ts';
import type { openSession } from '../signup/open-session.ts';
import type { receiveClaim } from '../signup/receive-claim.ts';
import type { receiveSessionEvent } from '../signup/receive-session-event.ts';
import { claimView } from './claim-view.ts';
import { HttpProblem } from './http-problem.ts';
import { bodyOf, jsonBody, sendJson } from './json-body.ts';
import type { WhoCalls } from './who-calls.ts';

/** What the routes of customers are made of. */
export interface CustomerRouterDeps {
  who: WhoCalls;
  guard: RequestHandler;
  store: Store;
  openSession: ReturnType<typeof openSession>;
  receiveSessionEvent: ReturnType<typeof receiveSessionEvent>;
  receiveClaim: ReturnType<typeof receiveClaim>;
  claims: Pick<ClaimVerbs, 'requestCode' | 'submitCode'>;
}

/** The routes that the widget calls. Who the customer is comes from the host or from the signed session, never from a body. */
export function customerRouter(deps: CustomerRouterDeps): Router {
  const { who, guard, store, claims } = deps;
  /** The claim in the address, if it is the caller's. */
  const ownClaim = async (req: Request<{ id: string }>): Promise<Claim> => {
    const customerId = await customerIdOf(who, req);
    const claim = isUuid.test(req.params.id) ? await store.findClaim(req.params.id) : undefined;
    if (isOf(claim, customerId)) return claim;
    throw new HttpProblem('not_found', 'There is no such claim, or it is not this customer’s.');
  };
  const router = Router();
  router.use(['/sessions', '/session-events', '/claims'], guard, neverCached, jsonBody);

  router.post('/sessions', async (req, res) => {
    const customer = await who.signedInCustomer(req);
    // A renewal; a session that ran out long ago, or somebody else's, is no reason to refuse a new one.
    const old = await who.session(req).catch(() => undefined);
    const opened = await deps.openSession(
      customer,
      bodyOf(req, openSessionRequestSchema),
      old?.customerId === customer.id ? old : undefined,
    );
    const answer: SessionAnswer = {
      version: wireVersion,
      session: opened.session,
      expiresAt: new Date(opened.launchUntil).toISOString(),
      launch: opened.launch,
      numbers: opened.numbers,
      claims: opened.claims.map(claimView),
    };
    sendJson(res, 201, answer);
  });

  router.post('/session-events', async (req, res) => {
    const session = await who.ownSession(req);
    await deps.receiveSessionEvent(session, bodyOf(req, sessionEventRequestSchema));
    res.status(204).end();
  });

  router.post('/claims', async (req, res) => {
    const session = await who.ownSession(req);
    const { claim, outcome } = await deps.receiveClaim(session, bodyOf(req, claimRequestSchema));
    sendClaim(res, claim, outcome === 'repeated' ? 200 : 202);
  });

  router.get('/claims/:id', async (req, res) => {
    sendClaim(res, await ownClaim(req));
  });

  router.post('/claims/:id/code', async (req, res) => {
    const { id } = await ownClaim(req);
    sendClaim(res, await claims.requestCode(id, inHistory, bodyOf(req, claimCodeRequestSchema)));
  });

  router.post('/claims/:id/verification', async (req, res) => {
    const { id } = await ownClaim(req);
    const { code } = bodyOf(req, claimVerificationRequestSchema);
    sendClaim(res, await claims.submitCode(id, inHistory, code));
  });

  return router;
}

function sendClaim(res: Response, claim: Claim, status = 200): void {
  const answer: ClaimAnswer = { claim: claimView(claim) };
  sendJson(res, status, answer);
}

/** Who the history names when a customer did it. */
const inHistory = 'customer';

/** Anything else is no id of ours, and PostgreSQL would stumble over some of it. */
const isUuid = /^[0-9a-f-]{36}$/;

const neverCached: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

/** A session that is over is no reason to refuse a customer who is signed in; one of somebody else's is. */
async function customerIdOf(who: WhoCalls, req: Request): Promise<string> {
  const customer = await who.customer(req);
  try {
    if ((await who.session(req)) !== undefined) return (await who.ownSession(req)).customerId;
  } catch (error) {
    if (customer === undefined || error instanceof HttpProblem) throw error;
  }
  return (customer ?? (await who.signedInCustomer(req))).id;
}

function isOf(claim: Claim | undefined, customerId: string): claim is Claim {
  // What an operator opened is none of the page's: the number is the BSP's, and so is a code for it.
  return claim?.customerId === customerId && claim.toAttach === undefined;
}
