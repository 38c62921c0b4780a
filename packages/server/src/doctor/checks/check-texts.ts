import { checkOf, finding } from '../check.ts';

/** One-time codes are asked for, and reach the kit, by themselves. */
export const checkTexts = checkOf('texts', ['sms'], ({ options: { sms, pool } }) => {
  if (sms === undefined) {
    const advice =
      'Set `sms`, and have your provider post the texts for these numbers to /sms: without it, numbers lapse after 90 days unless a person enters a code for each.';
    return Promise.resolve({
      seen: '',
      findings: [finding('texts_missing', 'no texts reach the kit', advice)],
    });
  }
  if (!pool.keepFresh) {
    const advice =
      'Take pool.keepFresh: false out, unless people ask for codes themselves: texts are taken, but the kit asks for no code, so numbers lapse after 90 days.';
    return Promise.resolve({
      seen: '',
      findings: [finding('texts_not_asked_for', 'the kit asks for no codes', advice)],
    });
  }
  const senders = [
    ...(sms.secrets.length > 0 ? ['a relay'] : []),
    ...(sms.twilio ? ['Twilio'] : []),
    ...(sms.vonage ? ['Vonage'] : []),
  ];
  return Promise.resolve({ seen: `from ${senders.join(', ')}` });
});
