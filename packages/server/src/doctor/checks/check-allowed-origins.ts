import { checkOf, finding, type Finding } from '../check.ts';
import { isPrivateHost } from '../private-host.ts';

/** Origins of nobody: RFC 2606 keeps the name free. */
const strangers = ['https://stranger.invalid', 'http://stranger.invalid'];

/** Only pages of the host's own may call. */
export const checkAllowedOrigins = checkOf(
  'allowed_origins',
  ['allowedOrigins'],
  ({ options, allowedOrigins }) => {
    if (typeof allowedOrigins === 'function') {
      return Promise.resolve({
        seen: 'a function, which refuses a stranger',
        findings: ofFunction(options.mayCall),
      });
    }
    const list = allowedOrigins ?? [];
    const local = list.filter((origin) => isPrivateHost(new URL(origin).hostname));
    return Promise.resolve({
      seen: list.length === 0 ? 'none: only pages of the same origin' : list.join(', '),
      findings:
        local.length === 0
          ? []
          : [
              finding(
                'origin_loopback',
                `${local.join(', ')} may call`,
                `Take ${local.join(', ')} out of allowedOrigins (SIGNUP_ALLOWED_ORIGINS) before customers come.`,
              ),
            ],
    });
  },
);

function ofFunction(mayCall: (origin: string) => boolean): Finding[] {
  try {
    if (!strangers.some(mayCall)) return [];
  } catch {
    return [
      finding(
        'origins_broken',
        'the function throws',
        'Have the function allowedOrigins answer true or false for every origin.',
      ),
    ];
  }
  return [
    finding(
      'origins_open',
      'every site may call',
      'Have the function allowedOrigins say yes to the exact origins of your own pages only: with credentials, any other site could act as your customers.',
    ),
  ];
}
