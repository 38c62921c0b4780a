/** `code_method` of request_code. */
export type CodeMethod = 'SMS' | 'VOICE';

/** The newest code sent to a number. */
export interface OneTimeCode {
  readonly code: string;
  /** ms, UTC. */
  readonly sentAt: number;
}

/** A text or call that reached a simulated phone. */
export interface InboxMessage {
  /** `+15550100001`. */
  readonly to: string;
  readonly method: CodeMethod;
  /** `WhatsApp code 123-456`, or what the voice says. */
  readonly text: string;
  /** The six digits, without the hyphen of the text. */
  readonly code: string;
  /** Language asked for; the text itself is always English. */
  readonly language: string;
  /** ms, UTC. */
  readonly sentAt: number;
}
