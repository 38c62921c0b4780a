import { checkOf, finding } from '../check.ts';

/** One-time codes reach the kit by themselves. */
export const checkTexts = checkOf('texts', ['sms'], ({ options: { sms } }) =>
  Promise.resolve(
    sms === undefined
      ? {
          seen: '',
          findings: [
            finding(
              'texts_missing',
              'no texts reach the kit',
              'Set `sms`, and have your provider post the texts for these numbers to /sms: without it, numbers lapse after 90 days unless a person enters a code for each.',
            ),
          ],
        }
      : {
          seen: `from ${[...(sms.secrets.length > 0 ? ['a relay'] : []), ...(sms.twilio ? ['Twilio'] : []), ...(sms.vonage ? ['Vonage'] : [])].join(', ')}`,
        },
  ),
);
