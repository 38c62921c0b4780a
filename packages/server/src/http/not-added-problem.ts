import type { AddedNumber } from '../pool/add-numbers.ts';
import { HttpProblem } from './http-problem.ts';

/** Why one number is not in the pool now, as a problem. */
export function notAddedProblem(added: AddedNumber | undefined): HttpProblem {
  const { outcome, reason, retryAt } = added ?? {};
  const detail = reason?.message ?? 'Nothing is known of the number. Add it again.';
  const issues = outcome === 'invalid' ? [{ path: 'phoneNumber', message: detail }] : undefined;
  return new HttpProblem(codeOf(outcome, reason?.code), detail, issues, retryAt);
}

function codeOf(
  outcome: AddedNumber['outcome'] | undefined,
  reason: string | undefined,
): HttpProblem['code'] {
  switch (outcome) {
    case 'invalid':
      return 'invalid_request';
    case 'refused':
      return 'refused_by_meta';
    case 'unsure':
      return reason === 'answer_lost' ? 'answer_lost' : 'upstream_failed';
    case 'stopped':
      return reason?.startsWith('graph:') === true ? 'upstream_failed' : 'too_busy';
    default:
      return 'internal_error';
  }
}
