import type { GraphError, GraphErrorKind } from '../ports/graph-error.ts';
import { withAdvice } from '../ports/with-advice.ts';

/** What is asked of Meta about the number of a claim that waits for a code. */
export type CodeCall = 'read' | 'request_code' | 'verify_code';

const again = 'Try again in a minute.';

/** What the customer can do, or the operator who sits there instead. They know nothing of tokens and settings. */
const everywhere: Partial<Record<GraphErrorKind, string>> = {
  auth: 'Sign up again. If that does not help, ask the operator.',
  permission: 'Ask the operator: the app may not do this for this account.',
  not_found: 'Sign up again: Meta shows this number no more.',
  throttled: 'Wait a while, then try again.',
  transient: again,
  unreachable: again,
  unreadable: again,
  unknown: 'Try again in an hour. If that does not help, ask the operator.',
};
const sentences: Readonly<Record<CodeCall, Partial<Record<GraphErrorKind, string>>>> = {
  read: {},
  request_code: {
    request_code_failed: 'Wait an hour, then have yourself called instead of a text.',
    invalid_input: 'Ask for a text or a call, in a language such as en_US.',
  },
  verify_code: {
    invalid_input: 'Type the six digits of the newest code, and nothing else.',
    throttled: 'Wait a while, then have a new code sent.',
  },
};

/** The same error with the sentence that helps a customer. */
export const advisedCode = (call: CodeCall, error: GraphError): GraphError =>
  withAdvice(error, sentences[call][error.kind] ?? everywhere[error.kind]);
