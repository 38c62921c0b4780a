import { codeCell, tokenCell } from '../domain/cells.ts';
import { durations, second } from '../domain/durations.ts';
import type { GraphErrorKind } from '../ports/graph-error-kind.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Claim } from '../ports/records.ts';
import type { Step, StepEnd } from '../ports/step.ts';
import type { RegistrationDeps } from './deps.ts';
import { line } from './history-line.ts';
import { keepToken } from './keep-token.ts';

/**
 * Turns the code into the customer's token. The code works once and lives 30 seconds, so it is marked as used on disk
 * before the first byte goes out, and whatever happens then, it is not sent again: a lost answer means that the
 * customer must sign up again, and the claim says so.
 */
export function exchangeCode(deps: RegistrationDeps): Step {
  const { graph, store, cipher, clock, logger } = deps;
  const keep = keepToken(deps);
  return async ({ claim, lease }) => {
    const now = clock.now();
    // What an operator opened has no code; a version that does not know of such claims begins them here.
    if (claim.sealedToken !== undefined || claim.toAttach !== undefined)
      return { next: { do: 'go', step: 'prove' } };
    if (claim.codeReceivedAt === undefined) {
      const patience = claim.createdAt + durations.code;
      if (now < patience) return { next: { do: 'wait', step: 'exchange', runAt: patience } };
      return lost('code_missing', 'The popup gave no code. Ask the customer to sign up again.');
    }
    // Opened before it is spent: a node that does not have the newest secret yet must leave the code to one that has.
    const notBefore = now - durations.code;
    const opened = await openCode(deps, claim);
    // Once it is too old nobody has to open it.
    if (opened === 'other_key' && claim.codeReceivedAt >= notBefore) {
      return { next: { do: 'wait', step: 'exchange', runAt: now + second } };
    }
    const spent = await store.spendCode({ lease, now, notBefore, opened: claim.sealedCode ?? null });
    if (spent === 'fenced') return 'fenced';
    // Another sign-up's code came in meanwhile: it is the one to send.
    if (spent === 'changed') return { next: { do: 'wait', step: 'exchange', runAt: now } };
    if (spent === 'too_old') {
      return lost(
        'code_expired',
        'The code was older than its 30 seconds. Ask the customer to sign up again.',
      );
    }
    if (spent === 'used' || opened === undefined || opened === 'other_key') {
      return lost(
        'code_lost',
        'The code was used, but Meta’s answer got lost. Ask the customer to sign up again.',
      );
    }
    try {
      const token = await graph.exchangeCode({ ...opened, redirectUri: claim.redirectUri });
      const sealedToken = await cipher.seal(token.accessToken, tokenCell(claim.id));
      const kept = await keep({
        lease,
        now: clock.now(),
        sealedToken,
        expiresAt: token.expiresAt,
      });
      if (!kept) return 'fenced';
      return {
        history: line('code exchanged'),
        next: { do: 'go', step: 'prove' },
      };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      logger.warn('the code could not be exchanged', { claimId: claim.id, reason: error.reason });
      return lost(
        error.reason,
        whyNot[error.kind] ??
          'Meta did not exchange the code for a token, and a code is never sent twice. Ask the customer to sign up again.',
        error.facts.traceId,
      );
    }
  };
}

/** What is worth saying beside "sign up again". */
const whyNot: Readonly<Partial<Record<GraphErrorKind, string>>> = {
  code_expired: 'Meta says that the code is older than its 30 seconds. Ask the customer to sign up again.',
  code_used: 'Meta says that the code was used before. Ask the customer to sign up again.',
  code_refused:
    'Meta does not take the code: check the app id, and for a launch by redirect its exact address. Then ask the customer to sign up again.',
  unreachable:
    'The code was sent, but no answer of Meta’s came, and a code is never sent twice. Ask the customer to sign up again.',
  unreadable:
    'The code was sent, but Meta’s answer could not be read, and a code is never sent twice. Ask the customer to sign up again.',
  auth: 'Meta does not take the app’s id or secret: check meta.appId and meta.appSecret. Then ask the customer to sign up again.',
};

/** The code; `undefined` when it was spent; `other_key` when this node cannot open it. */
async function openCode(
  { cipher, logger }: RegistrationDeps,
  claim: Claim,
): Promise<{ code: string } | 'other_key' | undefined> {
  if (claim.sealedCode === undefined) return undefined;
  try {
    return { code: await cipher.open(claim.sealedCode, codeCell(claim.sessionId)) };
  } catch {
    logger.warn('a code was sealed with a secret that this node does not have', { claimId: claim.id });
    return 'other_key';
  }
}

function lost(code: string, message: string, traceId?: string): StepEnd {
  return {
    event: 'code_lost',
    reason: { code, message },
    history: line('code lost', { reason: code, traceId }),
    next: { do: 'done' },
  };
}
