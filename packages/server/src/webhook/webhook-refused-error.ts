/** Why a webhook is not taken. Stable: match on it, never on a sentence. */
export type WebhookRefusal =
  | 'body_too_large'
  | 'encoding_unsupported'
  | 'raw_body_missing'
  | 'signature_invalid'
  | 'webhook_malformed'
  | 'webhook_not_handled';

const statuses: Readonly<Record<WebhookRefusal, number>> = {
  body_too_large: 413,
  encoding_unsupported: 415,
  raw_body_missing: 500,
  signature_invalid: 401,
  webhook_malformed: 400,
  webhook_not_handled: 500,
};

const sentences: Readonly<Record<WebhookRefusal, string>> = {
  body_too_large: 'Meta sends at most 3 MB.',
  encoding_unsupported: 'Send the body as it was signed, without Content-Encoding.',
  raw_body_missing:
    'The body was parsed before the kit could see its bytes, so its signature cannot be checked. Mount signup.router before ' +
    'express.json() and other body parsers, or keep the bytes: express.json({ verify: (req, _res, bytes) => { req.rawBody = bytes; } }).',
  signature_invalid:
    'The signature is not the one of this app: check that meta.appSecret is the secret of the app that sends.',
  webhook_malformed: 'The body is signed, but it is no webhook of Meta’s.',
  webhook_not_handled: 'The host’s on.webhook failed, so this is to be sent again.',
};

/** A webhook that is not taken. Answer with {@link WebhookRefusedError.status}; Meta sends again what was not answered by 200. */
export class WebhookRefusedError extends Error {
  override readonly name = 'WebhookRefusedError';
  readonly code: WebhookRefusal;
  /** The HTTP status to answer with. */
  readonly status: number;

  constructor(code: WebhookRefusal, options?: ErrorOptions) {
    super(sentences[code], options);
    this.code = code;
    this.status = statuses[code];
  }
}
