import type { Json } from '../../json.ts';
import type { ErrorProfile } from '../../settings/settings.ts';

/** One failure as Meta would answer it. */
export interface GraphErrorForm {
  /** HTTP status. */
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly subcode?: number | undefined;
  /** @default 'OAuthException' */
  readonly type?: string | undefined;
  readonly isTransient?: boolean | undefined;
  readonly userTitle?: string;
  readonly userMessage?: string;
  /** `error_data.details` */
  readonly details?: string;
  /** The reason named in the `WWW-Authenticate` header of token problems, such as `invalid_token`. */
  readonly challenge?: string;
}

/** A failure in both documented forms. Thrown by endpoints, answered by the router. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly forms: Readonly<Record<ErrorProfile, GraphErrorForm>>;

  constructor(live: GraphErrorForm, openapi: GraphErrorForm = live) {
    super(live.message);
    this.forms = { live, openapi };
  }
}

/** The body of an error answer ("Handling errors" guide): `{error: {message, type, code, …, fbtrace_id}}`. */
export function errorBody(form: GraphErrorForm, traceId: string): Json {
  return {
    error: {
      message: form.message,
      type: form.type ?? 'OAuthException',
      code: form.code,
      error_data: form.details && { messaging_product: 'whatsapp', details: form.details },
      error_subcode: form.subcode,
      is_transient: form.isTransient,
      error_user_title: form.userTitle,
      error_user_msg: form.userMessage,
      fbtrace_id: traceId,
    },
  };
}

/** The header that comes with token problems, as seen in public error reports. */
export function challengeHeader({ challenge, message }: GraphErrorForm): string | undefined {
  return challenge && `OAuth "Facebook Platform" "${challenge}" "${message.replaceAll('"', "'")}"`;
}
