import type { FaultError } from '@embedded-signup-kit/simulator';

/** What the operator asks, and where Meta is asked for it. */
export type PoolRoute = 'add' | 'sync' | 'request' | 'verify' | 'delete' | 'share' | 'unshare' | 'partners';
export const paths: Record<PoolRoute, string> = {
  add: '/*/add_phone_numbers',
  sync: '/*/preverified_numbers',
  request: '/*/request_code',
  verify: '/*/verify_code',
  delete: '/*',
  share: '/*/share_preverified_numbers',
  unshare: '/*/share_preverified_numbers',
  partners: '/*/partners',
};
/** Where the path alone does not say it. */
export const methods: Partial<Record<PoolRoute, string>> = {
  delete: 'DELETE',
  share: 'POST',
  unshare: 'DELETE',
};

const calls = Object.keys(paths) as PoolRoute[]; // the keys of the line above
const token = 'Check meta.systemUserToken in the configuration';
const permission = 'business_management';
const again = /Meta may have done it|Try again in a moment|was lost|look/;

/** `answered` is what staff get: status and code of the problem; `words` are of its sentence. */
export type DocumentedError = [
  call: PoolRoute,
  what: string,
  status: number,
  error: FaultError,
  answered: [number, string],
  words: string | RegExp,
];

/** Documented for every call (Meta's OpenAPI description, and the error codes page). */
export const everywhere = calls.flatMap((call): DocumentedError[] => [
  [
    call,
    'an old token',
    401,
    { code: 190, error_subcode: 463, message: 'Error validating access token' },
    [502, 'upstream_failed'],
    /too old: get a new one|Check meta.systemUserToken/,
  ],
  [
    call,
    'a token that is none',
    400,
    { code: 190, message: 'Invalid OAuth access token' },
    [502, 'upstream_failed'],
    token,
  ],
  [
    call,
    'a permission that is missing',
    403,
    {
      code: 200,
      error_subcode: 1349174,
      message: '(#200) Permissions error',
      error_user_title: 'Permission Denied',
      error_user_msg: 'You have no permission.',
    },
    [422, 'refused_by_meta'],
    permission,
  ],
  [
    call,
    'a permission that is missing, live',
    400,
    { code: 10, message: '(#10) Application does not have permission' },
    [422, 'refused_by_meta'],
    call === 'sync' ? 'Solution Partner' : permission,
  ],
  [
    call,
    'too many calls',
    429,
    {
      code: 4,
      error_subcode: 2446079,
      is_transient: true,
      message: '(#4) Application request limit reached',
    },
    [502, 'upstream_failed'],
    'Make no calls until the time that is given',
  ],
  [
    call,
    'an outage',
    500,
    { code: 2, is_transient: true, message: '(#2) Service temporarily unavailable' },
    [
      502,
      call === 'add' ||
      call === 'request' ||
      call === 'verify' ||
      call === 'delete' ||
      call === 'share' ||
      call === 'unshare'
        ? 'answer_lost'
        : 'upstream_failed',
    ],
    again,
  ],
  [
    call,
    'a code that nobody knows',
    400,
    { code: 999999, message: 'Something new' },
    [422, 'refused_by_meta'],
    'quote the trace id',
  ],
]);

/** Documented for one call (Meta's OpenAPI description, and bodies that were seen live). */
export const own: DocumentedError[] = [
  [
    'add',
    'a number that cannot be',
    400,
    { code: 100, message: 'Invalid phone number' },
    [422, 'refused_by_meta'],
    'be on no WhatsApp account yet',
  ],
  [
    'add',
    'a full pool',
    422,
    { code: 100, message: 'Maximum number of phone numbers per business account exceeded' },
    [422, 'refused_by_meta'],
    'The pool is full',
  ],
  [
    'add',
    'a portfolio that is not there',
    404,
    { code: 803, message: '(#803) Business not found' },
    [422, 'refused_by_meta'],
    'Check meta.businessId',
  ],
  [
    'add',
    'a portfolio that is not there, live',
    400,
    { code: 100, error_subcode: 33, type: 'GraphMethodException', message: 'Unsupported post request.' },
    [422, 'refused_by_meta'],
    'Check meta.businessId',
  ],
  [
    'sync',
    'a business that may not have a pool',
    422,
    { code: 100, message: 'Business is not eligible for pre-verified phone number access' },
    [422, 'refused_by_meta'],
    'Solution Partner',
  ],
  [
    'sync',
    'a portfolio that is not there',
    404,
    { code: 803, message: '(#803) Business not found' },
    [422, 'refused_by_meta'],
    'Check meta.businessId',
  ],
  [
    'request',
    'a method that Meta does not have',
    400,
    { code: 100, message: 'Invalid parameter: code_method must be SMS or VOICE' },
    [422, 'refused_by_meta'],
    'Use SMS or VOICE',
  ],
  [
    'request',
    'a language that Meta does not have',
    400,
    { code: 100, message: 'Invalid parameter: language must be a valid locale identifier' },
    [422, 'refused_by_meta'],
    'a language such as en_US',
  ],
  [
    'request',
    'a number that is verified',
    422,
    { code: 100, message: 'This phone number has already been verified' },
    [422, 'refused_by_meta'],
    'Sync the pool',
  ],
  [
    'request',
    'too many requests',
    422,
    { code: 613, message: 'Too many verification code requests.' },
    [429, 'too_many_codes'],
    'Try again from',
  ],
  [
    'request',
    'too many requests, live',
    400,
    {
      code: 136024,
      error_subcode: 2388367,
      message: 'Request code error',
      error_user_title: 'Request code rate limit',
    },
    [429, 'too_many_codes'],
    'Try again from',
  ],
  [
    'request',
    'a code that could not be sent',
    400,
    {
      code: 136024,
      error_subcode: 2388091,
      is_transient: false,
      message: 'Request code error',
      error_user_title: 'Couldn’t send the code',
      error_user_msg: 'Please try again in some time.',
    },
    [422, 'refused_by_meta'],
    /wait an hour.*Meta says: “Couldn’t send the code: Please try again in some time.”/,
  ],
  [
    'request',
    'a number that is not there',
    404,
    { code: 803, message: 'not found' },
    [422, 'refused_by_meta'],
    'Sync the pool',
  ],
  [
    'verify',
    'a code that is none',
    400,
    { code: 100, message: 'Invalid parameter: code must be a numeric string' },
    [422, 'refused_by_meta'],
    'Hand the six digits',
  ],
  [
    'verify',
    'a wrong code',
    422,
    { code: 100, message: '(#100)', error_user_title: 'Invalid Code' },
    [422, 'code_refused'],
    'Use the newest one',
  ],
  [
    'verify',
    'a late code',
    422,
    { code: 100, message: '(#100)', error_user_title: 'Code Expired' },
    [422, 'code_refused'],
    'within 10 minutes',
  ],
  [
    'verify',
    'a wrong code, live',
    400,
    { code: 136025, message: 'Verify code error' },
    [422, 'code_refused'],
    'Use the newest one',
  ],
  [
    'verify',
    'a number that is verified',
    422,
    { code: 100, message: 'This phone number is already verified' },
    [422, 'refused_by_meta'],
    'needs no code',
  ],
  [
    'verify',
    'a number that is not there',
    400,
    { code: 100, error_subcode: 33, message: 'Unsupported post request.' },
    [422, 'refused_by_meta'],
    'Sync the pool',
  ],
  [
    'delete',
    'a number in use',
    422,
    { code: 100, message: 'Cannot delete phone number that is currently in use' },
    [422, 'refused_by_meta'],
    'in use',
  ],
  [
    'delete',
    'a number in use, live',
    400,
    { code: 100, message: '(#100) Invalid parameter' },
    [422, 'refused_by_meta'],
    'in use',
  ],
  [
    'delete',
    'a number that is not there',
    400,
    { code: 33, message: 'does not exist' },
    [409, 'number_gone'],
    'no longer in the pool',
  ],
  [
    'share',
    'an id that is none',
    400,
    { code: 100, message: 'Invalid preverified_id: must be a valid numeric string' },
    [422, 'refused_by_meta'],
    'Check the id of the partner’s business',
  ],
  [
    'share',
    'a partner that is not there',
    404,
    { code: 803, message: 'Business not found' },
    [422, 'refused_by_meta'],
    'Check the id of the partner’s business',
  ],
  [
    'share',
    'a partner outside the solution',
    403,
    { code: 200, error_subcode: 1349175, message: 'Cannot share with the specified business' },
    [422, 'refused_by_meta'],
    'Multi-Partner Solution',
  ],
  [
    'share',
    'a number that cannot be shared',
    422,
    { code: 100, message: 'Phone number is not in a shareable state' },
    [422, 'refused_by_meta'],
    'that the number is verified',
  ],
  [
    'share',
    'a relationship that does not allow it',
    422,
    { code: 100, message: 'Business relationship does not allow phone number sharing' },
    [422, 'refused_by_meta'],
    'Multi-Partner Solution',
  ],
  [
    'unshare',
    'a partner that is not there',
    404,
    { code: 803, message: 'Business not found' },
    [422, 'refused_by_meta'],
    'Check the id of the partner’s business',
  ],
  [
    'unshare',
    'a sharing that Meta does not end',
    400,
    { code: 100, message: '(#100) Invalid parameter' },
    [422, 'refused_by_meta'],
    'list of the number’s partners',
  ],
  [
    'partners',
    'a number that is not there',
    404,
    { code: 803, message: 'not found' },
    [422, 'refused_by_meta'],
    'Sync the pool',
  ],
];
