/** A request to a webhook callback, or to the address where a telephony provider hands in texts. */
export interface WebhookCall {
  /** What it is about: subscribing a callback, an event of Meta's, or a text that a provider received. */
  readonly purpose: 'handshake' | 'event' | 'sms';
  /** GET for the handshake, POST for events. */
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Exactly the bytes to send, all of them ASCII; undefined for the handshake. */
  readonly body: string | undefined;
  /** Aborted when the simulator stops or is reset. */
  readonly signal: AbortSignal;
}

/** What a callback answered. */
export interface WebhookAnswer {
  /** HTTP status; 200 acknowledges. */
  readonly status: number;
  /** Only the handshake reads it. */
  readonly body?: string | undefined;
}

/** Makes a request to a callback. Rejects when there is no answer; the event is then tried again. */
export type SendWebhook = (request: WebhookCall) => Promise<WebhookAnswer>;
