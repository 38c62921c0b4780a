import { GraphError, type GraphErrorKind } from '../ports/graph-error.ts';
import { withAdvice } from '../ports/with-advice.ts';

/** What is asked of Meta about the pool. */
export type PoolCall =
  'list' | 'add' | 'request_code' | 'verify_code' | 'share' | 'unshare' | 'partners' | 'delete';

const token =
  'Check meta.systemUserToken in the configuration: Meta does not take it. A system user’s token that never expires is best.';
const permission =
  'Check that meta.systemUserToken has business_management and whatsapp_business_management, that its user is an admin of the portfolio meta.businessId, and that Meta has approved the business as a Solution Partner.';
const portfolio = 'Check meta.businessId in the configuration: the token must belong to this portfolio.';
const vanished =
  'Sync the pool: the number was claimed, deleted or dropped. If others cannot be found either, check whose meta.systemUserToken is.';
const quote = 'Try it in Meta’s own settings, and quote the trace id of the log to Meta’s support.';

/** What a person can do about a refusal, by what was asked. Where nothing stands here, the usual sentence is good enough. */
const sentences: Readonly<Record<PoolCall, Partial<Record<GraphErrorKind, string>>>> = {
  list: {
    not_found: portfolio,
    invalid_input:
      'Ask Meta whether the business may have pre-verified numbers: Meta must have approved it as a Solution Partner.',
  },
  add: {
    not_found: portfolio,
    invalid_input:
      'The number must be on no WhatsApp account yet, be able to receive texts or calls, and be no short code. If it is all that, the pool is full.',
    number_refused: 'The pool is full: delete numbers that are not needed, or ask Meta for more.',
  },
  request_code: {
    not_found: vanished,
    invalid_input: 'Use SMS or VOICE, and a language such as en_US.',
    request_code_failed:
      'Sync the pool, in case it is verified already. If not, wait an hour at the least, and try a call in place of a text.',
    already_verified: 'Sync the pool: Meta sends no code before the last 45 days of the verification.',
  },
  verify_code: {
    not_found: vanished,
    invalid_input: 'Hand the six digits of the newest text in, and nothing else.',
    already_verified: 'Sync the pool: the number needs no code.',
  },
  share: {
    not_found:
      'Check the id of the partner’s business, and sync the pool to see whether the number is still there.',
    permission:
      'Check that the partner is a member of the same Multi-Partner Solution, and that meta.systemUserToken has business_management.',
    invalid_input:
      'Check the id of the partner’s business, that it is a member of the same Multi-Partner Solution, and that the number is verified.',
  },
  unshare: {
    not_found:
      'Check the id of the partner’s business, and sync the pool to see whether the number is still there.',
    invalid_input: 'Check the id of the partner’s business against the list of the number’s partners.',
  },
  partners: { not_found: vanished },
  delete: {
    not_found: vanished,
    invalid_input: 'The number is in use: a customer has claimed it, or is about to. Sync the pool and look.',
  },
};

/**
 * The same error with the sentence that helps where it happened. What Meta's code says by itself goes first.
 */
export function advised(call: PoolCall, error: GraphError): GraphError {
  const { kind, facts } = error;
  return withAdvice(error, facts.advice ?? sentences[call][kind] ?? everywhere[kind]);
}

const everywhere: Partial<Record<GraphErrorKind, string>> = { auth: token, permission, unknown: quote };

/** Has the errors of a call end with the sentence that helps. @throws GraphError */
export async function advising<T>(call: PoolCall, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof GraphError ? advised(call, error) : error;
  }
}
