/**
 * Every text of the element. `{number}` is replaced by the number that is held. From `loading` on, the names are
 * statuses and codes: a page can also give a text to a claim's own reason code, or to a newer server's code.
 */
export const english = {
  heading: 'Connect your WhatsApp number',
  launch: 'Continue with Meta',
  retry: 'Try again',
  reopen: 'Open the window again',
  number: 'Your number',
  choose: 'In Meta’s window, choose {number}. It needs no code.',
  noNumber: 'No prepared number is available right now. You can use a number of your own.',
  reference: 'Reference:',
  signedUp: 'Signed up with Meta',
  confirmed: 'Confirmed by Meta',
  inService: 'Registered',

  loading: 'Getting ready …',
  ready: 'It takes a few minutes.',
  launching: 'Getting ready …',
  'in-popup': 'Go on in Meta’s window. Keep this page open.',
  closed: 'Is the window gone? Open it again.',
  claiming: 'Checking with Meta …',
  registering: 'Registering your number …',
  verifying: 'Meta needs a code for this number. Your provider will help you.',
  registered: 'All done. Your number is ready to use.',
  coexistence: 'All done. Your number stays in the WhatsApp Business app.',
  cancelled: 'You left Meta’s window. You can go on at any time.',
  failed: 'That did not work.',
  unavailable: 'This is not available right now.',

  popup_blocked: 'The browser blocked Meta’s window. Allow pop-ups for this page.',
  meta_error: 'Something went wrong in Meta’s window.',
  sdk_blocked: 'Meta’s login did not load. A content blocker may be in the way.',
  sdk_timeout: 'Meta’s login did not load. A content blocker may be in the way.',
  server_unreachable: 'There is no connection right now.',
  unauthenticated: 'Please sign in first.',
  needs_signup: 'Meta’s confirmation came too late. Please go through the window again.',
  needs_operator: 'Your provider will look at this.',
  no_number: 'You finished without a number. Please go through the window again.',
  rejected: 'Meta did not confirm this number.',
};
