import { SECOND } from '../../clock/units.ts';
import type { SendWebhook } from './webhook-sender.ts';

/** How long a callback may take to answer, in ms of real time: the one wait that no clock of a test can shorten. */
const PATIENCE = 20 * SECOND;

/** Sends over HTTP. Redirects are answers like others, so they acknowledge nothing. */
export const sendWithFetch: SendWebhook = async ({ method, url, headers, body, signal }) => {
  const response = await fetch(url, {
    method,
    headers,
    body: body ?? null,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
  });
  if (method === 'GET') return { status: response.status, body: await response.text() };
  await response.body?.cancel();
  return { status: response.status };
};
