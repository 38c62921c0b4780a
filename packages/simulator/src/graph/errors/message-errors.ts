import { GraphError } from './graph-error.ts';

/** messages: a parameter is absent. `name` as in the request: `text.body`. */
export function messageParameterMissing(name: string): GraphError {
  return new GraphError({
    status: 400,
    code: 131008,
    message: '(#131008) Required parameter is missing',
    details: `The parameter ${name} is required.`,
  });
}

/** messages: a parameter is there but wrong; `problem` begins with its name. */
export function messageParameterInvalid(problem: string): GraphError {
  return new GraphError({
    status: 400,
    code: 131009,
    message: '(#131009) Parameter value is not valid',
    details: problem,
  });
}

/** messages: a type that is not simulated, or none of Meta's. */
export function messageTypeUnsupported(): GraphError {
  return new GraphError({
    status: 400,
    code: 131051,
    message: '(#131051) Unsupported message type',
    details: 'The simulator sends text, template and image.',
  });
}

/** messages: the customer's number is the business number itself. */
export function recipientIsSender(): GraphError {
  return new GraphError({
    status: 400,
    code: 131021,
    message: '(#131021) Recipient cannot be sender',
    details: 'The number in to is the business phone number.',
  });
}

/** messages: the number is not registered. Meta documents two codes for it: 133010, and 131045 with HTTP 500. */
export function senderNotRegistered(code: 133_010 | 131_045): GraphError {
  return new GraphError(
    code === 133_010
      ? { status: 400, code, message: '(#133010) Phone number not registered', details: 'Register it first.' }
      : {
          status: 500,
          code,
          message: '(#131045) Message failed to send because of a problem with the phone number registration',
          details: 'Register the phone number first.',
        },
  );
}
