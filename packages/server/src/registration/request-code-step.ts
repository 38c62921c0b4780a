import {
  claimRequestsToKnow,
  nextClaimRequest,
  type NextClaimRequest,
} from '../domain/claim-code-requests.ts';
import { hour, minute } from '../domain/durations.ts';
import { wantsVerification } from '../domain/number-standing.ts';
import { textTime } from '../domain/text-time.ts';
import type { AskedForCode } from '../ports/asked-for-code.ts';
import { customerToken } from '../ports/customer-token.ts';
import type { GraphErrorKind } from '../ports/graph-error-kind.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Claim } from '../ports/records.ts';
import type { Step, StepEnd } from '../ports/step.ts';
import type { RegistrationDeps } from './deps.ts';
import { line } from './history-line.ts';
import { endOf } from './with-failures.ts';

/**
 * Has a code sent by text to the number of a claim.
 *
 * @throws GraphError when Meta refuses, or cannot be asked
 */
export type AskForCode = (claimId: string) => Promise<AskedForCode>;

/** What the step is made of. */
export interface RequestCodeStepDeps extends RegistrationDeps {
  askForCode: AskForCode;
  /** Whether texts to numbers of the pool reach the kit, and it may ask for codes by itself. */
  textsReachUs: boolean;
}

/** Whether the kit answers this claim's codes by itself: customers cannot read texts to a number of the BSP's. */
export const isAnsweredByTexts = (
  { textsReachUs }: { textsReachUs: boolean },
  { numberSource, reason }: Pick<Claim, 'numberSource' | 'reason'>,
): boolean => textsReachUs && numberSource === 'pool' && reason?.code !== foundVerified.code;

/** Said on the claim while the kit is at it. */
export const answeredByTexts = {
  code: 'code_by_text',
  message:
    'Meta wants a one-time code for this number before it can be registered. Texts to it reach this server, which has a code sent and hands it in by itself. There is nothing to do now; if nothing comes of it, this says so.',
};

/** The same while the limits allow no further code for long. */
const answeredLater = (at: number) => ({
  code: 'code_by_text_later',
  message: `Meta wants a one-time code for this number before it can be registered, and as many were asked for as is allowed for now. The kit has the next one sent by itself, at ${new Date(at).toISOString()}. Whoever has a code can hand it in.`,
});

/**
 * Said when no text brought the code, and yet Meta wants none any more: somebody's answer was lost. It is tried once: when Meta
 * then wants a code all the same, people have to look.
 */
const foundVerified = {
  code: 'found_verified',
  message: 'Meta shows this number as verified, so it is registered now.',
};

/** When the limits are in the way so many times in a row, people are asked. */
const mostRuns = 20;

/** A node that gets no texts leaves the claim to one that does, a minute each time: about an hour. */
const mostRests = 60;

/** Refusals after which another request may do better. */
const worthAnother: ReadonlySet<GraphErrorKind> = new Set(['request_code_failed']);

/**
 * Has a code sent to a number of the pool whose claim waits for one, and then for the text that brings it; whoever receives the
 * text hands its code in and has the claim go on. What was asked for is read from the ledger, so several nodes, and a customer
 * who asks at the same moment, come to one request. The claim's status stays as it is, so that people can hand a code in.
 */
export function requestCodeStep(deps: RequestCodeStepDeps): Step {
  const { graph, store, clock, askForCode, textsReachUs } = deps;

  const turnOf = async ({ phoneNumber, provenAt, createdAt }: Claim): Promise<NextClaimRequest> => {
    const made =
      phoneNumber === undefined
        ? []
        : await store.listNumberCalls({ phoneNumber, kind: 'request_code', limit: claimRequestsToKnow });
    return nextClaimRequest(made, { since: provenAt ?? createdAt, now: clock.now() });
  };

  /** Nothing was sent. Comes back when the limits allow it, and says when, if that is long. */
  const later = async (claim: Claim, retryAt: number, { fresh }: { fresh: boolean }): Promise<StepEnd> => {
    const now = clock.now();
    const turn = await turnOf(claim);
    if (turn.what === 'leave') return goodWait(turn.at);
    const runAt = Math.max(retryAt, turn.at, now + minute);
    const next = { do: 'wait', step: 'code', runAt, fresh } as const;
    if (runAt - now <= hour) return { next };
    const reason = answeredLater(runAt);
    const isSaid = claim.reason?.code === reason.code;
    const history = line('may have no code sent for now', { reason: reason.code });
    return { next, reason, ...(isSaid ? {} : { history }) };
  };

  const step: Step = async ({ claim, lease }) => {
    const { id, status, numberSource, phoneNumber, phoneNumberId } = claim;
    if (status !== 'needs_verification') return { next: { do: 'done' } };
    if (numberSource !== 'pool' || phoneNumber === undefined || phoneNumberId === undefined) {
      return leftToPeople(askForIt);
    }
    const now = clock.now();
    if (!textsReachUs) {
      if (lease.attempts >= mostRests) return leftToPeople(askForIt);
      return { next: { do: 'wait', step: 'code', runAt: now + minute } };
    }
    const turn = await turnOf(claim);
    if (turn.at > now) return goodWait(turn.at);
    // Each request counts, so none is spent on finding out that Meta is away.
    const number = await graph.readNumber(phoneNumberId, await customerToken(deps, claim));
    if (turn.what === 'leave') return wantsVerification(number) ? leftToPeople(noneCame) : goOn;
    const asked = await askForCode(id);
    if (asked.what === 'moved_on') return { next: { do: 'done' } };
    if (asked.what === 'asked') return goodWait(now + textTime);
    if (lease.attempts >= mostRuns) return leftToPeople(noneMayBeSent);
    return later(claim, asked.retryAt, { fresh: false });
  };

  return async (context) => {
    try {
      return await step(context);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const end = endOf(deps, context, error);
      if (end.next.do === 'wait') return end;
      if (worthAnother.has(error.kind)) return later(context.claim, error.retryAt ?? 0, { fresh: true });
      return leftToPeople(end.reason?.message ?? noneCame, error);
    }
  };
}

/** All is as it should be: a text is waited for, or the time for the next request. */
const goodWait = (runAt: number) =>
  ({ reason: answeredByTexts, next: { do: 'wait', step: 'code', runAt, fresh: true } }) as const;

const goOn: StepEnd = {
  event: 'verified',
  reason: foundVerified,
  history: line('found verified'),
  next: { do: 'go', step: 'register' },
};

const askForIt =
  'Meta wants a one-time code for this number before it can be registered. Have one sent to it, and hand it in.';
const noneCame =
  'Meta wants a one-time code for this number. The kit had codes sent, and no text brought one that Meta took: look into the log, and whether texts to this number reach this server. Have another one sent, and hand it in.';
const noneMayBeSent =
  'Meta wants a one-time code for this number, and so many were sent to it lately that the kit may have none sent. Have one sent later, and hand it in.';

/** The claim stays where it is: its customer, or an operator, can hand a code in. */
function leftToPeople(message: string, error?: GraphError): Exclude<StepEnd, 'fenced'> {
  const code = error?.reason ?? 'verification_needed';
  return {
    reason: { code, message },
    history: line('left the one-time code to people', { reason: code, traceId: error?.facts.traceId }),
    // Nobody had to do anything when the host was told that a code is wanted.
    tellsAgain: true,
    next: { do: 'done' },
  };
}
