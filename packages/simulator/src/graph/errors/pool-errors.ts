import { GraphError } from './graph-error.ts';

/** add_phone_numbers: the number is malformed, or taken. */
export function phoneNumberRefused(reason: string): GraphError {
  return new GraphError({
    status: 400,
    code: 100,
    message: '(#100) Invalid phone number',
    userTitle: 'Invalid phone number',
    userMessage: reason,
  });
}

/** add_phone_numbers: the pool is full. That there is a maximum is documented, its value is not. */
export function poolFull(): GraphError {
  const message = 'Maximum number of phone numbers per business account exceeded';
  return new GraphError(
    { status: 400, code: 100, message: `(#100) ${message}` },
    { status: 422, code: 100, message },
  );
}

/** DELETE of a number that was claimed and is on an account now. */
export function numberInUse(): GraphError {
  const message = 'Cannot delete phone number that is currently in use';
  return new GraphError(
    { status: 400, code: 100, message: `(#100) ${message}` },
    { status: 422, code: 100, message },
  );
}
