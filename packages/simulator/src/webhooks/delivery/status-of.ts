import type { WebhookAnswer } from './webhook-sender.ts';

/** The HTTP status of an answer; undefined when there is none. */
export async function statusOf(answer: () => Promise<WebhookAnswer>): Promise<number | undefined> {
  try {
    return (await answer()).status;
  } catch {
    return undefined;
  }
}
