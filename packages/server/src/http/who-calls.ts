import type { Request } from 'express';
import type { Customer, EmbeddedSignupOptions } from '../config/options.ts';
import type { SessionClaims, SessionTokens } from '../ports/session-tokens.ts';
import { HttpProblem } from './http-problem.ts';
import { readCustomer, readCustomerId } from './read-customer.ts';

/** What finding out who calls is made of. */
export interface WhoCallsDeps {
  customer: EmbeddedSignupOptions['customer'];
  tokens: SessionTokens;
}

/** Finds out who calls: by the host's authentication, by a signup session, or by both. */
export interface WhoCalls {
  /** The signed-in customer, or `undefined`. @throws HostAnswerError */
  customer(req: Request): Promise<Pick<Customer, 'id'> | undefined>;
  /** With all that the host knows of them. @throws HttpProblem when nobody is signed in, HostAnswerError */
  signedInCustomer(req: Request): Promise<Customer>;
  /** The session that came along, or `undefined`. @throws SessionTokenError when it is no good */
  session(req: Request): Promise<SessionClaims | undefined>;
  /**
   * The session, which must be there. When the host's authentication names another customer than the session does,
   * the call is refused: somebody's session got into somebody else's browser.
   *
   * @throws HttpProblem, SessionTokenError
   */
  ownSession(req: Request): Promise<SessionClaims>;
}

/** Makes it. */
export function whoCalls(deps: WhoCallsDeps): WhoCalls {
  const customer = async (req: Request) => readCustomerId(await deps.customer(req));
  const session = async (req: Request): Promise<SessionClaims | undefined> => {
    // The header of our own first: `Authorization` may belong to the host's log-in.
    const token = req.get('x-signup-session') || bearerOf(req);
    return token === undefined ? undefined : deps.tokens.verify(token);
  };

  return {
    customer,
    session,
    async signedInCustomer(req) {
      const found = readCustomer(await deps.customer(req));
      if (found === undefined) {
        throw new HttpProblem(
          'unauthenticated',
          'Sign in first; the host’s login decides who the customer is.',
        );
      }
      return found;
    },
    async ownSession(req) {
      const found = await session(req);
      if (found === undefined) {
        throw new HttpProblem(
          'session_missing',
          'Send the session of POST /sessions as Authorization: Bearer … or X-Signup-Session.',
        );
      }
      const signedIn = await customer(req);
      if (signedIn !== undefined && signedIn.id !== found.customerId) {
        throw new HttpProblem(
          'session_of_another_customer',
          'Reload the page: this session was opened by another customer.',
        );
      }
      return found;
    },
  };
}

function bearerOf(req: Request): string | undefined {
  const match = /^Bearer +([^\s]+)$/i.exec(req.get('authorization') ?? '');
  return match?.[1];
}
