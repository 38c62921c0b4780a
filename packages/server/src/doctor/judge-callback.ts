import type { ProbeAnswer } from '../ports/preflight.ts';
import { finding, type Finding } from './check.ts';
import { isCertificateTrouble } from './is-certificate-trouble.ts';

/** What came of three calls to the callback: an answer, or a code such as `ECONNREFUSED`. */
export interface CallbackAnswers {
  challenge: string;
  /** `undefined`: not made, for want of a verify token. */
  handshake: ProbeAnswer | string | undefined;
  /** To an empty webhook with our signature. */
  signed: ProbeAnswer | string;
  /** To the same with a wrong one. */
  unsigned: ProbeAnswer | string;
}

const webhookMenu = 'App Dashboard ▸ WhatsApp ▸ Configuration ▸ Webhook';

/** Judges how a callback answers, as Meta would. */
export function judgeCallback(url: URL, answers: CallbackAnswers): { findings: Finding[]; whose: string } {
  const made = [answers.handshake, answers.signed, answers.unsigned].filter((one) => one !== undefined);
  const whose = isOurs(answers.unsigned) ? 'it is the kit’s own handler' : 'it is not the kit’s own handler';
  const found = (one: Finding) => ({ findings: [one], whose });

  const error = made.find((one) => typeof one === 'string');
  if (error !== undefined) return found(ofNoAnswer(url, error));
  const came = made.filter((one) => typeof one !== 'string');
  const redirect = came.find(({ status }) => status >= 300 && status < 400);
  if (redirect !== undefined) return found(ofRedirect(redirect));
  if (came.every(({ status }) => status === 404)) {
    return found(
      finding(
        'webhook_not_there',
        `${url.host} answers 404`,
        `Mount signup.router there, or enter your mount path followed by /webhook in ${webhookMenu} ▸ Callback URL (now ${url.pathname}).`,
      ),
    );
  }
  const { handshake, signed, unsigned } = answers;
  return {
    whose,
    findings: [
      ...(typeof handshake === 'object' ? ofHandshake(handshake, answers.challenge) : []),
      ...(typeof signed === 'object' ? ofSigned(signed) : []),
      ...(typeof unsigned === 'object' && unsigned.status === 200
        ? [
            finding(
              'webhook_unsigned',
              'takes webhooks with a wrong signature',
              'Whoever answers there accepts unsigned webhooks, from anybody: have signup.router answer at that address, or hand the raw bytes to signup.receiveWebhook, which checks X-Hub-Signature-256.',
            ),
          ]
        : []),
    ],
  };
}

function ofNoAnswer({ host, protocol }: URL, code: string): Finding {
  if (isCertificateTrouble(code)) {
    return finding(
      'webhook_certificate',
      `its certificate is not good (${code})`,
      `Give ${host} a valid certificate of a public authority, with its whole chain: Meta takes no other.`,
    );
  }
  return finding(
    'webhook_unreachable',
    `no answer from here (${code})`,
    `Start the server behind ${protocol}//${host}, or open the way to it. If only this machine cannot reach it, run this elsewhere.`,
  );
}

function ofRedirect({ status, headers }: ProbeAnswer): Finding {
  const to = headers['location'] ?? '';
  const where = URL.canParse(to) ? ` to ${new URL(to).origin}` : '';
  return finding(
    'webhook_redirects',
    `answers with a redirect (${status})`,
    `The callback leads on${where}, and Meta does not follow: enter the last address in ${webhookMenu} ▸ Callback URL, or answer there without a log-in.`,
  );
}

function ofHandshake({ status, body }: ProbeAnswer, challenge: string): Finding[] {
  if (status === 200 && body === challenge) return [];
  const what = status === 200 ? 'without the challenge' : `with ${status}`;
  return [
    finding(
      'webhook_handshake',
      `answers the handshake ${what}`,
      `The server at the callback must know the same meta.webhookVerifyToken (META_WEBHOOK_VERIFY_TOKEN) as this configuration, and as ${webhookMenu} ▸ Verify token.`,
    ),
  ];
}

/** What the kit's own codes mean for whoever set it up. */
const refusals: Readonly<Record<string, string>> = {
  signature_invalid:
    'The server at the callback has another meta.appSecret (META_APP_SECRET) than this configuration: give both the one of App Dashboard ▸ App settings ▸ Basic ▸ App secret.',
  raw_body_missing:
    'Something parses the body before the kit sees it: mount signup.router before express.json() and other parsers.',
  webhook_not_handled:
    'Your on.webhook throws at a webhook without entries: have it pass over what it does not know.',
};

function ofSigned(answer: ProbeAnswer): Finding[] {
  if (answer.status === 200) return [];
  return [
    finding(
      'webhook_refused',
      `answers a signed webhook with ${answer.status}`,
      refusals[codeOf(answer)] ??
        'The server at the callback refuses what Meta signs with meta.appSecret: look into its log, and compare the secret with App Dashboard ▸ App settings ▸ Basic ▸ App secret.',
    ),
  ];
}

const isOurs = (unsigned: ProbeAnswer | string): boolean =>
  typeof unsigned === 'object' && codeOf(unsigned) in refusals;

/** The code of a problem (RFC 9457), as the kit answers it; empty for anything else. */
function codeOf({ headers, body }: ProbeAnswer): string {
  if (headers['content-type']?.startsWith('application/problem+json') !== true) return '';
  try {
    const problem: unknown = JSON.parse(body);
    return typeof problem === 'object' && problem !== null && 'code' in problem ? String(problem.code) : '';
  } catch {
    return '';
  }
}
