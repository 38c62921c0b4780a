/** The texts of the pieces in `view/extra.ts`, which come as a file of their own. */
export const englishExtra = {
  pick: 'Which number would you like?',
  coach: 'In Meta’s window',
  coachLogIn: 'Log in and choose your business.',
  coachChoose: 'In the list of numbers, choose {number}.',
  coachNoCode: 'Nobody will ask you for a code.',
  coachOwn: 'Enter your own number and the code that Meta sends to it.',
  coachFinish: 'Press Finish at the end.',
  text: 'Text me a code',
  call: 'Call me with a code',
  code: '6-digit code',
  confirm: 'Confirm',

  signedUp: 'Signed up with Meta',
  confirmed: 'Confirmed by Meta',
  inService: 'Registration',
};
