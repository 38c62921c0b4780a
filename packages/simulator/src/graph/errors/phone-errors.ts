import { GraphError } from './graph-error.ts';

/** POST phone_numbers: the number is somewhere already; subcode 2388012 when that is this very account. */
export function numberAlreadyAdded(where: 'same-account' | 'elsewhere'): GraphError {
  const userMessage =
    where === 'same-account'
      ? 'This phone number already exists in your list of phone numbers.'
      : 'This phone number is in use already.';
  return new GraphError(
    {
      status: 400,
      code: 100,
      subcode: where === 'same-account' ? 2388012 : undefined,
      message: '(#100) Invalid parameter',
      userTitle: 'Cannot Add Phone Number',
      userMessage,
    },
    { status: 409, code: 100, message: 'Phone number is already registered', userMessage },
  );
}

/** POST phone_numbers and register: the portfolio holds as many registered numbers as it may. */
export function numberLimitReached(): GraphError {
  return new GraphError({
    status: 403,
    code: 200,
    subcode: 1349175,
    message: '(#200) Limit Exceeded',
    userTitle: 'Limit Exceeded',
    userMessage: 'This business has reached the maximum number of phone numbers.',
  });
}

/** Any call on a number that was deleted from its account (error codes page, 33). */
export function numberWasDeleted(): GraphError {
  return new GraphError({
    status: 400,
    code: 33,
    message: '(#33) Parameter value is not valid',
    details: 'The business phone number has been deleted.',
  });
}

/** subscribed_apps: an override before there is a plain subscription (public bug reports). */
export function overrideBeforeSubscription(): GraphError {
  return new GraphError({
    status: 400,
    code: 100,
    message:
      '(#100) Before override the current callback uri, your app must be subscribed to receive messages for ' +
      'WhatsApp Business Account',
  });
}
