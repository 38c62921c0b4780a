import { codeCell, tokenCell } from '../domain/cells.ts';
import { durations } from '../domain/durations.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Step, StepEnd } from '../ports/step.ts';
import type { RegistrationDeps } from './deps.ts';

/**
 * Turns the code into the customer's token. The code works once and lives 30 seconds, so it is marked as used on disk
 * before the first byte goes out, and whatever happens then, it is not sent again: a lost answer means that the
 * customer must sign up again, and the claim says so.
 */
export function exchangeCode({ graph, store, cipher, clock, logger }: RegistrationDeps): Step {
  return async ({ claim, lease }) => {
    const now = clock.now();
    if (claim.sealedToken !== undefined) return { next: { do: 'go', step: 'prove' } };
    if (claim.codeReceivedAt === undefined) {
      const patience = claim.createdAt + durations.code;
      if (now < patience) return { next: { do: 'wait', step: 'exchange', runAt: patience } };
      return lost('code_missing', 'The popup gave no code. Ask the customer to sign up again.');
    }
    if (claim.codeUsedAt !== undefined) {
      return lost(
        'code_lost',
        'The code was used, but Meta’s answer got lost. Ask the customer to sign up again.',
      );
    }
    const spent = await store.spendCode({ lease, now, notBefore: now - durations.code });
    if (spent === undefined) {
      return lost(
        'code_expired',
        'The code was older than its 30 seconds. Ask the customer to sign up again.',
      );
    }
    const code = await cipher.open(spent.sealedCode, codeCell(claim.sessionId));
    try {
      const token = await graph.exchangeCode({ code, redirectUri: spent.redirectUri });
      const sealedToken = await cipher.seal(token.accessToken, tokenCell(claim.id));
      const kept = await store.keepToken({
        lease,
        now: clock.now(),
        sealedToken,
        expiresAt: token.expiresAt,
      });
      if (!kept) return 'fenced';
      return {
        history: { what: 'code exchanged', who: 'kit', reason: undefined, traceId: undefined },
        next: { do: 'go', step: 'prove' },
      };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      logger.warn('the code could not be exchanged', { claimId: claim.id, reason: error.reason });
      return lost(
        error.reason,
        'Meta did not exchange the code for a token. Ask the customer to sign up again.',
        error.facts.traceId,
      );
    }
  };
}

function lost(code: string, message: string, traceId?: string): StepEnd {
  return {
    event: 'code_lost',
    reason: { code, message },
    history: { what: 'code lost', who: 'kit', reason: code, traceId },
    next: { do: 'done' },
  };
}
