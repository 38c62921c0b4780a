import { problems, type ProblemCode } from '@embedded-signup-kit/protocol';

const sentences = {
  body_too_large: 'Send at most 3 MB: no webhook of Meta’s has more.',
  encoding_unsupported: 'Send the body as it was signed, without Content-Encoding.',
  raw_body_missing:
    'The body was parsed before the kit saw its bytes, so its signature cannot be checked. Mount signup.router before ' +
    'express.json() and other parsers, or keep the bytes: express.json({ verify: (req, _res, bytes) => { req.rawBody = bytes; } }). ' +
    'receiveWebhook takes the same bytes, a Buffer or Uint8Array.',
  signature_invalid:
    'Check that meta.appSecret is the secret of the app that sends: X-Hub-Signature-256 is missing or not of this body.',
  webhook_malformed: 'Send a JSON object: the body is signed, but it is no webhook of Meta’s.',
  webhook_not_handled: 'The host’s on.webhook failed, so this is to be sent again.',
} as const satisfies { [Code in ProblemCode]?: string };

/** Why a webhook is not taken. Stable: match on it, never on a sentence. */
export type WebhookRefusal = keyof typeof sentences;

/**
 * A webhook that is not taken. Answer with {@link WebhookRefusedError.status}: Meta sends again what was not answered by 200.
 * The message says what to do, and nothing of the webhook. What the host's own function threw is not in it: its message may
 * hold anything.
 */
export class WebhookRefusedError extends Error {
  override readonly name = 'WebhookRefusedError';
  readonly code: WebhookRefusal;
  /** The HTTP status to answer with. */
  readonly status: number;

  constructor(code: WebhookRefusal) {
    super(sentences[code]);
    this.code = code;
    this.status = problems[code].status;
  }
}
