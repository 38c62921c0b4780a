import { problems, type Problem, type ProblemCode } from '@embedded-signup-kit/protocol';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { TooManyClaimCodesError } from '../claims/claim-code-errors.ts';
import { ClaimError, type ClaimErrorCode } from '../claims/claim-errors.ts';
import { PhoneNumberError, type PhoneNumberErrorCode } from '../numbers/phone-number-errors.ts';
import { PoolError, TooManyCodesError, type PoolErrorCode } from '../pool/pool-errors.ts';
import { HostAnswerError } from './host-answer-error.ts';
import type { Clock } from '../ports/clock.ts';
import { errorFacts } from '../ports/error-facts.ts';
import { InvalidRequestError } from '../ports/invalid-request-error.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import { SessionTokenError } from '../ports/session-tokens.ts';
import { SessionUsedError, StoreUnavailableError, TooManyClaimsError } from '../ports/store-errors.ts';
import { GraphError } from '../ports/graph-error.ts';
import { saidByMeta } from '../ports/said-by-meta.ts';
import { WebhookRefusedError } from '../webhook/webhook-refused-error.ts';

/** An answer that is a refusal. Thrown by routes, turned into `application/problem+json` in one place. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly code: ProblemCode;
  readonly issues: Problem['issues'];
  /** When another try makes sense, milliseconds UTC, where that is known. */
  readonly retryAt: number | undefined;

  /** @param detail a sentence that says what to do; it goes to the caller, so it must hold no secret */
  constructor(code: ProblemCode, detail: string, issues?: Problem['issues'], retryAt?: number) {
    super(detail);
    this.code = code;
    this.issues = issues;
    this.retryAt = retryAt;
  }
}

/** What the handler is made of. */
export interface ProblemHandlerDeps {
  logger: Logger;
  random: Random;
  clock: Clock;
}

/** Answers every error as a problem (RFC 9457), with a request id that also stands in the log. */
export function problemHandler({ logger, random, clock }: ProblemHandlerDeps): ErrorRequestHandler {
  let isMountTold = false;
  return (error, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const problem = toProblem(error);
    const requestId = random.id();
    const { status, title } = problems[problem.code];
    const facts = { requestId, code: problem.code, method: req.method, path: req.baseUrl + req.path };
    // Strangers can post as many texts as they like: that a parser stands in front is told once.
    const isTold = isMountTold && isOfMount(error);
    isMountTold ||= isOfMount(error);
    if (status >= 500 && !isTold)
      logger.error('a request failed', { ...facts, ...errorFacts(error), ...hostsFault(error) });
    else logger.debug('a request was refused', facts);
    const body: Problem = {
      type: `urn:embedded-signup-kit:problem:${problem.code}`,
      title,
      status,
      code: problem.code,
      detail: problem.message,
      requestId,
      ...(problem.issues === undefined ? {} : { issues: problem.issues }),
    };
    const wait = secondsToWait(error, clock);
    if (wait !== undefined) res.set('Retry-After', String(wait));
    send(res, status, body);
  };
}

/** What the host has to change, in the words of the error: it repeats no value. */
function hostsFault(error: unknown): { detail?: string } {
  const isHosts =
    error instanceof HostAnswerError || error instanceof WebhookRefusedError || isOfMount(error);
  return isHosts ? { detail: error.message } : {};
}

const isOfMount = (error: unknown): error is HttpProblem =>
  error instanceof HttpProblem && error.code === 'raw_body_missing';

/** For everything under the mount path that is no route. */
export const nothingHere: RequestHandler = () => {
  throw new HttpProblem('not_found', 'There is no such address here. Check the mount path and the method.');
};

function send(res: Response, status: number, body: Problem): void {
  res.status(status).type('application/problem+json').send(JSON.stringify(body));
}

/** `Retry-After`, whole seconds, where it is known when another try makes sense. */
function secondsToWait(error: unknown, clock: Clock): number | undefined {
  if (error instanceof StoreUnavailableError) return 2;
  if (error instanceof HttpProblem && error.code === 'too_busy' && error.retryAt === undefined) return 2;
  const waits =
    error instanceof HttpProblem ||
    error instanceof TooManyClaimsError ||
    error instanceof GraphError ||
    error instanceof TooManyCodesError ||
    error instanceof TooManyClaimCodesError;
  if (!waits || error.retryAt === undefined) return undefined;
  return Math.max(1, Math.ceil((error.retryAt - clock.now()) / 1000));
}

/** What operators and the host's code are told by error classes, over HTTP. */
const problemOf: Readonly<Record<ClaimErrorCode, ProblemCode>> = {
  claim_missing: 'not_found',
  claim_not_allowed: 'claim_not_allowed',
  claim_without_number: 'claim_without_number',
  claim_without_token: 'claim_without_token',
  number_taken: 'number_taken',
  pin_missing: 'pin_missing',
  code_refused: 'code_refused',
  too_many_codes: 'too_many_codes',
  answer_lost: 'answer_lost',
  event_missing: 'not_found',
  account_unknown: 'not_found',
  access_token_expired: 'claim_without_token',
};

const poolProblemOf: Readonly<Record<PoolErrorCode, ProblemCode>> = {
  number_missing: 'not_found',
  number_gone: 'number_gone',
  number_claimed: 'number_claimed',
  number_held: 'number_held',
  number_being_deleted: 'number_being_deleted',
  number_not_ours: 'number_not_ours',
  number_verified: 'number_verified',
  number_not_verified: 'number_not_verified',
  code_refused: 'code_refused',
  too_many_codes: 'too_many_codes',
  answer_lost: 'answer_lost',
};

const phoneNumberProblemOf: Readonly<Record<PhoneNumberErrorCode, ProblemCode>> = {
  phone_number_missing: 'not_found',
  phone_number_left: 'phone_number_left',
  identity_unknown: 'identity_unknown',
  identity_changed: 'identity_changed',
  identity_check_off: 'identity_check_off',
  identity_check_contested: 'identity_check_contested',
  answer_lost: 'answer_lost',
  account_missing: 'not_found',
  account_not_ours: 'account_not_ours',
  account_of_several: 'account_of_several',
  number_cap_reached: 'number_cap_reached',
  number_named_otherwise: 'number_named_otherwise',
  number_missing: 'not_found',
  number_gone: 'number_gone',
  number_claimed: 'number_claimed',
  number_held: 'number_held',
  number_not_verified: 'number_not_verified',
};

/** No answer, none that can be read, one that asks for another try, or a token of ours that is not good: not the caller's doing. */
const upstream: ReadonlySet<GraphError['kind']> = new Set([
  'auth',
  'throttled',
  'transient',
  'unreachable',
  'unreadable',
]);

const codeOfMetas = ({ kind }: GraphError): ProblemCode =>
  upstream.has(kind) ? 'upstream_failed' : 'refused_by_meta';

/** A thousand rows may each be malformed. */
const mostIssues = 200;

function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof SessionTokenError) return new HttpProblem(error.code, error.message);
  if (error instanceof StoreUnavailableError) {
    return new HttpProblem('store_unavailable', 'Nothing was confirmed. Try again in a moment.');
  }
  if (error instanceof InvalidRequestError) {
    return new HttpProblem('invalid_request', error.message, error.issues.slice(0, mostIssues));
  }
  if (error instanceof ClaimError) return new HttpProblem(problemOf[error.code], error.message);
  if (error instanceof PoolError) return new HttpProblem(poolProblemOf[error.code], error.message);
  if (error instanceof PhoneNumberError)
    return new HttpProblem(phoneNumberProblemOf[error.code], error.message);
  if (error instanceof WebhookRefusedError) return new HttpProblem(error.code, error.message);
  if (error instanceof SessionUsedError) return new HttpProblem('session_used', error.message);
  if (error instanceof TooManyClaimsError) return new HttpProblem('too_many_claims', error.message);
  if (error instanceof GraphError) return new HttpProblem(codeOfMetas(error), saidByMeta(error));
  return fromBodyParser(error) ?? new HttpProblem('internal_error', 'Quote the request id to the operator.');
}

/** The words of body-parser's errors (`type`), which is what Express documents to tell them apart. */
function fromBodyParser(error: unknown): HttpProblem | undefined {
  const type = error instanceof Error && 'type' in error ? String(error.type) : '';
  if (type === 'entity.too.large') {
    return new HttpProblem('body_too_large', 'Send less: no request of the kit needs that much.');
  }
  if (type === 'entity.parse.failed') return new HttpProblem('malformed_json', 'Send valid JSON.');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new HttpProblem('unsupported_media_type', 'Send JSON in UTF-8, without Content-Encoding.');
  }
  // Express's own words for an address that cannot be decoded.
  if (error instanceof URIError) return new HttpProblem('invalid_request', 'The address is not well formed.');
  if (type.startsWith('request.') || type.startsWith('entity.')) {
    return new HttpProblem('invalid_request', 'The body did not arrive whole. Send it again.');
  }
  return undefined;
}
