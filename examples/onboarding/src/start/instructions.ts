import { landline } from './simulated-meta.ts';

/** What the site's addresses are. */
export interface Addresses {
  site: string;
  /** `undefined` when the real Meta is used. */
  simulator: string | undefined;
}

/** What whoever started the example should know. */
export function instructions({ site, simulator }: Addresses): string {
  const lines =
    simulator === undefined
      ? [
          `  Site   ${site}`,
          '  Meta   the real one, as META_APP_ID is set',
          '',
          'The popup answers only pages that are served over HTTPS from a domain on both of Meta’s lists;',
          '.env.example says which. Log in with SITE_PASSWORD; the operator page is /operator, for Harbor staff.',
        ]
      : [
          `  Site   ${site}`,
          `  Meta   simulated at ${simulator}: no account is needed, nothing leaves this computer`,
          '',
          'Try it:',
          `  1. Open ${site} and log in as Lucky Shrub. Every password is: demo`,
          '  2. Press “Continue with Meta”. A window opens, as Meta’s would.',
          '  3. Go on in that window, keep the number it offers, and press “Finish”.',
          '  4. It closes, and the page says that the number is ready to use.',
          `  5. Log out, log in as Harbor staff, and see ${site}/operator`,
          '  6. Add a number there, such as +1 202-555-0199: within seconds it is verified by itself.',
          `  7. Verify ${landline} by a voice call, as no texts reach it. The call is printed here.`,
        ];
  return [
    '',
    'Harbor Messaging, the example site, is running.',
    '',
    ...lines,
    '',
    'Ctrl-C stops everything.',
    '',
  ].join('\n');
}
