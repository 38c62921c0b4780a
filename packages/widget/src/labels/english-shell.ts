/**
 * The texts of what is seen from the first moment on. From `loading` on, the names are statuses and codes: a page can also
 * give a text to a claim's own reason code, or to a newer server's code.
 */
export const englishShell = {
  heading: 'Connect your WhatsApp number',
  launch: 'Continue with Meta',
  retry: 'Try again',
  reopen: 'Open the window again',
  number: 'Your number',
  choose: 'In Meta’s window, choose {number}. It needs no code.',
  noNumber: 'No prepared number is available right now. You can use a number of your own.',
  reference: 'Code to quote:',

  texted: 'A text with a code is on its way.',
  called: 'You will be called with a code.',

  loading: 'Getting ready …',
  ready: 'It takes a few minutes.',
  launching: 'Getting ready …',
  'in-popup': 'Go on in Meta’s window. Keep this page open.',
  closed: 'Is the window gone? If you pressed Finish, wait a moment. If not, open it again.',
  claiming: 'Checking with Meta …',
  registering: 'Registering your number …',
  sending: 'There is no good connection. Please keep this page open, it goes on trying.',
  slow: 'This takes longer than usual. You may close this page, it goes on by itself.',
  verifying: 'Meta needs a code for {number} first.',
  registered: 'All done. Your number is ready to use.',
  coexistence: 'All done. Your number stays in the WhatsApp Business app.',
  cancelled: 'You left Meta’s window. You can go on at any time.',
  failed: 'That did not work.',
  unavailable: 'This is not available right now.',

  popup_blocked: 'The browser blocked Meta’s window. Allow pop-ups for this page, then try again.',
  opener_cut: 'This page cannot hear Meta’s window. Please tell your provider.',
  page_not_https: 'Meta only works on pages with https. Please tell your provider.',
  meta_error: 'Something went wrong in Meta’s window.',
  sdk_blocked: 'Meta’s login did not load. A content blocker may be in the way.',
  sdk_timeout: 'Meta’s login is slow to load. A content blocker may be in the way.',
  server_unreachable: 'There is no connection right now.',
  unauthenticated: 'Please sign in first.',
  session_of_another_customer: 'Somebody else is signed in now. Please begin again.',
  needs_signup: 'Meta’s confirmation came too late. Please go through the window again.',
  needs_operator: 'Your provider will look at this.',
  no_number: 'You finished without a number. Please go through the window again.',
  rejected: 'Meta did not confirm this number.',
  code_refused: 'That code is not right. Check it, or ask for another one.',
  too_many_codes: 'Too many codes for now. Please try again later.',
};
