import type { SendWebhook, WebhookAnswer } from './webhook-sender.ts';

/** The callback did not prove that it knows the verify token. Nothing was subscribed. */
export class WebhookHandshakeError extends Error {
  override readonly name = 'WebhookHandshakeError';
}

/**
 * Asks a callback to prove itself: GET with `hub.mode=subscribe`, `hub.challenge` and `hub.verify_token` must be
 * answered 200 with the challenge and nothing else ("Create a webhook endpoint").
 * Rejects with WebhookHandshakeError.
 */
export async function shakeHands(
  { send, signal }: { send: SendWebhook; signal: AbortSignal },
  { url, verifyToken, challenge }: { url: string; verifyToken: string; challenge: string },
): Promise<void> {
  const address = new URL(url);
  address.searchParams.set('hub.mode', 'subscribe');
  address.searchParams.set('hub.challenge', challenge);
  address.searchParams.set('hub.verify_token', verifyToken);
  const headers = { 'user-agent': 'facebookexternalua', accept: '*/*' };
  let answer: WebhookAnswer;
  try {
    answer = await send({
      purpose: 'handshake',
      method: 'GET',
      url: address.href,
      headers,
      body: undefined,
      signal,
    });
  } catch (cause) {
    const message = `${url} did not answer the handshake: start it before it is subscribed.`;
    throw new WebhookHandshakeError(message, { cause });
  }
  if (answer.status !== 200) {
    throw new WebhookHandshakeError(
      `${url} answered the handshake with ${answer.status} instead of 200: is its verify token another one?`,
    );
  }
  if (answer.body !== challenge) {
    throw new WebhookHandshakeError(
      `${url} must answer the handshake with the value of hub.challenge and nothing else.`,
    );
  }
}
