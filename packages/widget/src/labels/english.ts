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
  choose: 'In Meta’s window, choose {number}. It is verified already, so no code is needed for it.',
  noNumber: 'No prepared number is available right now. You can go on with a number of your own.',
  reference: 'To quote when you ask for help: {code}',
  signedUp: 'Signed up with Meta',
  confirmed: 'Confirmed by Meta',
  inService: 'Registered for messages',

  loading: 'Getting ready …',
  ready: 'It takes a few minutes.',
  launching: 'Opening Meta’s window …',
  'in-popup': 'Go on in Meta’s window, and keep this page open.',
  closed: 'Is the window gone? Then open it again.',
  claiming: 'Checking with Meta …',
  registering: 'Registering your number …',
  verifying: 'Meta needs one more code for this number. Your provider will help you.',
  registered: 'All done. Your number is ready to use.',
  coexistence: 'All done. Your number stays in the WhatsApp Business app.',
  cancelled: 'You left Meta’s window. You can go on at any time.',
  failed: 'That did not work.',
  unavailable: 'The signup is not available right now.',

  popup_blocked: 'The browser blocked Meta’s window. Allow pop-ups for this page, then try again.',
  meta_error: 'Something went wrong in Meta’s window. You can go on there, or try again.',
  sdk_blocked: 'Meta’s login could not be loaded. A content blocker may be in the way.',
  sdk_timeout: 'Meta’s login is slow to load. A content blocker may be in the way.',
  server_unreachable: 'There is no connection right now. Check the network, then try again.',
  unauthenticated: 'Please sign in first.',
  needs_signup: 'Meta’s confirmation came too late. Please go through the window once more.',
  needs_operator: 'Your provider has to look at this. You need not do anything.',
  no_number: 'You finished without a number. Please go through the window once more.',
  rejected: 'Meta did not confirm this number for your account.',
};
